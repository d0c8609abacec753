import { Kbd, Modal } from '@mantine/core'
import { shortcutGroups } from '../../shared/shortcuts.ts'
import { KeyValue } from '../parts/KeyValue.tsx'
import classes from './ShortcutsDialog.module.css'
import { closeShortcuts } from './shortcuts-store.ts'

const command = /mac/i.test(navigator.userAgent) ? '⌘' : 'Ctrl'

function Keys({ keys }: { keys: readonly string[] }) {
  return (
    <span className={classes.keys}>
      {keys.map((key) => (
        <Kbd key={key} size="xs">
          {key === 'Ctrl' ? command : key}
        </Kbd>
      ))}
    </span>
  )
}

/** Every key that the app listens for. */
export default function ShortcutsDialog() {
  return (
    <Modal opened onClose={closeShortcuts} title="Keys" size="lg">
      {shortcutGroups.map(({ title, shortcuts }) => (
        <section key={title} className={classes.group} aria-label={title}>
          <h3 className={classes.title}>{title}</h3>
          <KeyValue
            nameWidth={128}
            pairs={shortcuts.map(({ id, keys, does }) => [<Keys key={id} keys={keys} />, does])}
          />
        </section>
      ))}
    </Modal>
  )
}
