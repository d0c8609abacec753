import { SegmentedControl } from '@mantine/core'

type ViewChoiceProps<View extends string> = {
  views: readonly { value: View; label: string }[]
  value: View
  onChange: (view: View) => void
}

/** Which view of a room is on show; stands in its header. */
export function ViewChoice<View extends string>({ views, value, onChange }: ViewChoiceProps<View>) {
  return <SegmentedControl size="xs" aria-label="View" value={value} onChange={onChange} data={[...views]} />
}
