import { RoomHeader } from '../parts/RoomHeader.tsx'

export default function IdentitiesRoom() {
  return <RoomHeader title="Identities" />
}
