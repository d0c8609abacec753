import { IconPackage } from '@tabler/icons-react'
import { draggedAs } from '../parts/drag-out.ts'
import classes from './Tabs.module.css'

/** The encrypted bundle that was saved just now, to be dropped on a mail or a folder. It lies where it was saved, too. */
export function BundleToDrag({ name, identity }: { name: string; identity: string }) {
  return (
    <span className={classes.dragged} {...draggedAs({ what: 'bundle', identity })}>
      <IconPackage size={16} stroke={1.6} aria-hidden />
      <span>
        {name} <span className="dim">drag it to where it is needed; it is encrypted</span>
      </span>
    </span>
  )
}
