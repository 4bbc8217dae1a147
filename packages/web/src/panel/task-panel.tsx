export function TaskPanel(_: { id: string; onClose: () => void }) { return null; }
