import { create } from 'zustand'

/** What the inspector is asked to open. */
export type InspectFrom =
  | { by: 'files'; files: File[] }
  | { by: 'text'; text: string }
  | { by: 'address'; address: string }
  | { by: 'clipboard' }
  | { by: 'opened'; opened: string }
  | { by: 'choose' }

/** Which request is to be signed: a file, or the one that is kept with an issued certificate. */
export type SignFrom =
  | { by: 'files'; files: File[] }
  | { by: 'text'; text: string }
  | { by: 'issued'; issued: string }
  | { by: 'choose' }

/** Where one can be in the app, and what is brought along. */
export type Place =
  | { room: 'identities'; identity?: string; attach?: File[]; view?: 'bin' | 'import' }
  | { room: 'create'; provider?: string; renews?: string; practice?: boolean }
  | { room: 'inspect'; from?: InspectFrom }
  | {
      room: 'test'
      identity?: string
      url?: string
      practice?: boolean
      view?: 'call' | 'endpoints' | 'text'
      /** Tests all endpoints at once. */
      testAll?: boolean
    }
  | { room: 'authority'; view?: 'authorities' | 'sign'; sign?: SignFrom }
  | { room: 'webhooks'; view?: 'listen' | 'play' | 'door' | 'server' | 'providers' }
  | { room: 'calendar'; item?: string }
  | { room: 'settings' }
  | { room: 'help' }

export type RoomName = Place['room']
type PlaceIn<R extends RoomName> = Extract<Place, { room: R }>

type PlaceState = {
  place: Place
  /** Grows with each `go`, so that going to the same room again with something new is noticed. */
  visit: number
  before: Place[]
}

export const usePlace = create<PlaceState>(() => ({ place: { room: 'identities' }, visit: 0, before: [] }))

/** Files are brought, and tests begun, once: going back must not attach, inspect or test a second time. */
function withoutLuggage(place: Place): Place {
  if (place.room === 'identities') return { room: 'identities', identity: place.identity, view: place.view }
  if (place.room === 'inspect') return { room: 'inspect' }
  if (place.room === 'test') return { ...place, testAll: undefined }
  if (place.room === 'authority') return { room: 'authority', view: place.view }
  if (place.room === 'calendar') return { room: 'calendar' }
  return place
}

export function go(place: Place): void {
  usePlace.setState((now) => ({
    place,
    visit: now.visit + 1,
    before: [...now.before.slice(-49), withoutLuggage(now.place)],
  }))
}

export function goBack(): void {
  usePlace.setState((now) => {
    const last = now.before.at(-1)
    return last ? { place: last, visit: now.visit + 1, before: now.before.slice(0, -1) } : now
  })
}

/** The present place if it is this room, with the number of the visit to run effects on. */
export function useVisit<R extends RoomName>(room: R): { place: PlaceIn<R> | undefined; visit: number } {
  const place = usePlace((state) => state.place)
  const visit = usePlace((state) => state.visit)
  return { place: place.room === room ? (place as PlaceIn<R>) : undefined, visit }
}
