import { type ComponentType, createElement, useEffect, useState } from 'react'

/** A part of the page in a file of its own, loaded when it is first shown, or ahead of that. */
export type Later<P> = { load(): Promise<void>; loaded(): ComponentType<P> | undefined }

export function later<P extends object>(fetch: () => Promise<ComponentType<P>>): Later<P> {
  let component: ComponentType<P> | undefined
  return {
    async load() {
      component ??= await fetch()
    },
    loaded: () => component,
  }
}

/**
 * The component, or nothing while its file is on its way or not yet `wanted`. Not React's `lazy`: once Suspense has shown its fallback,
 * React holds what comes after it back for 300 ms, and a file on this computer is here in ten.
 */
export function useLater<P>(part: Later<P>, wanted = true): ComponentType<P> | undefined {
  const [failed, setFailed] = useState<{ fault: unknown }>()
  const [, setArrived] = useState<Later<P>>()
  useEffect(() => {
    if (!wanted || part.loaded()) return
    let here = true
    part.load().then(
      () => here && setArrived(part),
      (fault: unknown) => here && setFailed({ fault }),
    )
    return () => {
      here = false
    }
  }, [part, wanted])
  // A file of the app that cannot be loaded is a fault like any other: the room's boundary tells of it.
  if (failed) throw failed.fault
  return part.loaded()
}

/** The part itself, for where nothing else waits for it. */
export function laterComponent<P extends object>(part: Later<P>): ComponentType<P> {
  return function Part(props: P) {
    const Component = useLater(part)
    return Component ? createElement(Component, props) : null
  }
}
