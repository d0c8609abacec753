import { RoomHeader } from '../parts/RoomHeader.tsx'

export default function HelpRoom() {
  return <RoomHeader title="Help" />
}
