import { RoomHeader } from '../parts/RoomHeader.tsx'
import classes from './Guide.module.css'
import { GuideView } from './GuideView.tsx'

/** The whole guide as a room. Beside other work it is opened with F1, or from a problem. */
export default function HelpRoom() {
  return (
    <div className={classes.room}>
      <RoomHeader title="Help" says="The guide, without a network: tasks, providers, findings, verdicts, formats" />
      <GuideView focusSearch />
    </div>
  )
}
