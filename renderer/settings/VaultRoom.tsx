import { RoomHeader } from '../parts/RoomHeader.tsx'

export default function VaultRoom() {
  return <RoomHeader title="Vault" />
}
