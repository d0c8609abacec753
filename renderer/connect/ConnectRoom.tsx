export default function ConnectRoom() {
  return <h1>Test</h1>
}
