import { RoomHeader } from '../parts/RoomHeader.tsx'

export default function CreateRoom() {
  return <RoomHeader title="Create" />
}
