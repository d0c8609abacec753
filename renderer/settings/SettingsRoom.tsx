import { RoomHeader } from '../parts/RoomHeader.tsx'

export default function SettingsRoom() {
  return <RoomHeader title="Settings" />
}
