export function TemplatePage() {
  return <p>…</p>;
}
