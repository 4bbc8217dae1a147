export function CommandCenter() { return <p>…</p>; }
