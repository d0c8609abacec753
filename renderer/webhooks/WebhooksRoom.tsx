export default function WebhooksRoom() {
  return <h1>Webhooks</h1>
}
