import { Button, Menu } from '@mantine/core'
import { IconDotsVertical, IconFileImport, IconTrash } from '@tabler/icons-react'
import { toBin, toImport } from './beside-list.ts'

/** `opened`, `focused`: what had become of its button before the menu was there. */
export function MoreMenu({ opened, focused }: { opened: boolean; focused: boolean }) {
  return (
    <Menu position="bottom-end" defaultOpened={opened}>
      <Menu.Target>
        <Button variant="default" px={8} aria-label="More" autoFocus={focused}>
          <IconDotsVertical size={16} aria-hidden />
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item leftSection={<IconFileImport size={15} stroke={1.6} aria-hidden />} onClick={toImport}>
          Import…
        </Menu.Item>
        <Menu.Item leftSection={<IconTrash size={15} stroke={1.6} aria-hidden />} onClick={toBin}>
          Bin
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}
