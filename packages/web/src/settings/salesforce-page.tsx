export function SalesforcePage() {
  return <p>…</p>;
}
