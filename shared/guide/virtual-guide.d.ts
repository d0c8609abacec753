/** Made by scripts/guide/plugin.mjs from the Markdown in docs/. */
declare module 'virtual:guide' {
  const pages: import('./guide.ts').GuidePage[]
  export default pages
}
