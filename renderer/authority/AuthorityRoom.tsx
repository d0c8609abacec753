export default function AuthorityRoom() {
  return <h1>Authority</h1>
}
