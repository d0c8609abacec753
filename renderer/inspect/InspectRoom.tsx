export default function InspectRoom() {
  return <h1>Inspect</h1>
}
