/**
 * What is wrong with one record's file. `damaged`: set aside under `file`; its previous version took over, or it is
 * gone. `missing`: the manifest names it and it is not there. `older`: sound, but not what was written last. `foreign`:
 * of another vault. `newer`: of a newer version of the app. `unreadable`: the disk does not give it just now.
 */
export type Damage = {
  kind: string
  id: string
  file: string
  why: 'damaged' | 'missing' | 'older' | 'foreign' | 'newer' | 'unreadable'
  /** Something sound is in its place: the version before it, or the older one itself. */
  isThere: boolean
  /** As far as it can be read; empty otherwise. */
  name: string
}

const after: Record<Damage['why'], string> = {
  damaged: '',
  unreadable: ', cannot be read',
  missing: ', was missing',
  older: ', an older version than was written last',
  foreign: ', of another vault',
  newer: ', needs a newer Countersign',
}

/** In one line, for lists. */
export const damageLine = ({ name, file, why }: Damage): string => `${name ? `${name}: ` : ''}${file}${after[why]}`
