export default function CalendarRoom() {
  return <h1>Calendar</h1>
}
