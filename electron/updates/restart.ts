/**
 * Starts a file once this process has ended. Started before, it would find the old one's lock, hand itself over to it, and
 * end with it.
 */
export async function restartAs(file: string): Promise<void> {
  const { app } = await import('electron')
  app.relaunch({ execPath: file, args: [] })
}
