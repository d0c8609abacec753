// @ts-check
// electron-builder.yml and package.json as the makers of .deb and .rpm read them.

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { load } from 'js-yaml'

/**
 * @typedef {object} LinuxTarget what electron-builder.yml says about one form of package
 * @property {string} packageName
 * @property {string} packageCategory
 * @property {string} [priority]
 * @property {string} compression
 * @property {string[]} depends
 * @property {string[]} [recommends]
 * @property {string} afterInstall
 * @property {string} afterRemove
 * @property {string} appArmorProfile
 * @property {string[]} executableArgs
 * @property {string[]} fpm files to lay into the package, `from=to`
 */
/**
 * @typedef {object} Description
 * @property {string} productName
 * @property {string} appId
 * @property {string} homepage
 * @property {string} licence
 * @property {{ icon: string, category: string, executableName: string, synopsis: string, description: string, maintainer: string,
 *   vendor: string, mimeTypes: string[], desktop: { entry: Record<string, string> } }} linux
 * @property {LinuxTarget} deb
 * @property {LinuxTarget} rpm
 */

/** @param {string} project @returns {Description} */
export function describeApp(project) {
  const config = /** @type {any} */ (load(readFileSync(join(project, 'electron-builder.yml'), 'utf8')))
  const { homepage, license } = JSON.parse(readFileSync(join(project, 'package.json'), 'utf8'))
  return { ...config, homepage, licence: license }
}

/** Where electron-builder's packages put the app, too. @param {Description} app */
export const installFolder = (app) => `/opt/${app.productName}`

/**
 * The desktop entry, as electron-builder writes it from the same lines.
 * @param {Description} app @param {LinuxTarget} target
 */
export function desktopEntry({ productName, linux }, { executableArgs }) {
  const entry = {
    Name: productName,
    Exec: [`/opt/${productName}/${linux.executableName}`, ...executableArgs].join(' '),
    Terminal: 'false',
    Type: 'Application',
    Icon: linux.executableName,
    StartupWMClass: linux.executableName,
    ...linux.desktop.entry,
    Comment: linux.description,
    MimeType: `${linux.mimeTypes.join(';')};`,
    Categories: `${linux.category};`,
  }
  const lines = Object.entries(entry).map(([key, value]) => `${key}=${value}`)
  return `[Desktop Entry]\n${lines.join('\n')}\n`
}
