// @ts-check
// What the app and its tests need from a Linux system. Each is recognised by the thing itself (a library, a program, a
// font), not by a package name: those differ between releases (libasound2 became libasound2t64), and other families have others.

import { existsSync, readdirSync } from 'node:fs'

/**
 * @typedef {object} Need
 * @property {string} [library] its soname, as the loader knows it
 * @property {string} [program] looked for on the path, and in the folders for administrators
 * @property {string} [file] a folder or file that must exist
 * @property {string[]} deb package names on Debian and Ubuntu, the first that exists is taken
 * @property {string} rpm package name on Fedora and its relatives
 * @property {string} why
 */

/** @type {Need[]} What Electron itself loads. */
export const forApp = [
  { library: 'libgtk-3.so.0', deb: ['libgtk-3-0t64', 'libgtk-3-0'], rpm: 'gtk3', why: 'windows and dialogs' },
  { library: 'libnss3.so', deb: ['libnss3'], rpm: 'nss', why: 'Chromium' },
  { library: 'libgbm.so.1', deb: ['libgbm1'], rpm: 'mesa-libgbm', why: 'Chromium' },
  { library: 'libasound.so.2', deb: ['libasound2t64', 'libasound2'], rpm: 'alsa-lib', why: 'Chromium' },
  { library: 'libXss.so.1', deb: ['libxss1'], rpm: 'libXScrnSaver', why: 'Chromium' },
  { library: 'libnotify.so.4', deb: ['libnotify4'], rpm: 'libnotify', why: 'reminders' },
  { library: 'libsecret-1.so.0', deb: ['libsecret-1-0'], rpm: 'libsecret', why: 'the keyring that seals private keys' },
  { file: '/usr/share/fonts', deb: ['fonts-dejavu-core'], rpm: 'dejavu-sans-fonts', why: 'letters on the screen' },
]

/** @type {Need[]} A display where there is none: the tour and the end-to-end tests. */
export const forDisplay = [
  { program: 'Xvfb', deb: ['xvfb'], rpm: 'xorg-x11-server-Xvfb', why: 'a display without a screen' },
  { program: 'xauth', deb: ['xauth'], rpm: 'xorg-x11-xauth', why: 'the key to that display' },
  { program: 'dbus-run-session', deb: ['dbus'], rpm: 'dbus-daemon', why: 'a session bus' },
  { program: 'gnome-keyring-daemon', deb: ['gnome-keyring'], rpm: 'gnome-keyring', why: 'a real keyring' },
  { program: 'runuser', deb: ['util-linux'], rpm: 'util-linux', why: 'to start Electron as an ordinary user' },
  {
    file: '/usr/share/fonts/truetype/noto/NotoSans-Regular.ttf',
    deb: ['fonts-noto-core'],
    rpm: 'google-noto-sans-fonts',
    why: 'pictures that look like an ordinary desktop',
  },
  {
    file: '/usr/share/fonts/truetype/noto/NotoSansMono-Regular.ttf',
    deb: ['fonts-noto-mono'],
    rpm: 'google-noto-sans-mono-fonts',
    why: 'pictures that look like an ordinary desktop',
  },
]

/** Where OpenSSL looks for engines, by family and processor. */
const engines = ['/usr/lib/x86_64-linux-gnu', '/usr/lib/aarch64-linux-gnu', '/usr/lib64'].map(
  (folder) => `${folder}/engines-3/pkcs11.so`,
)

/** @type {Need[]} What others read our files with, and what ours are compared to. */
export const forInterop = [
  { program: 'openssl', deb: ['openssl'], rpm: 'openssl', why: 'reads every file we write' },
  { program: 'curl', deb: ['curl'], rpm: 'curl', why: 'calls with our exports' },
  { program: 'nginx', deb: ['nginx-light', 'nginx'], rpm: 'nginx-core', why: 'demands our certificates' },
  { program: 'apache2', deb: ['apache2'], rpm: 'httpd', why: 'is started from the files we write for it' },
  { program: 'haproxy', deb: ['haproxy'], rpm: 'haproxy', why: 'is started from the files we write for it' },
  { program: 'go', deb: ['golang-go'], rpm: 'golang', why: 'runs the server configuration of Go' },
  { program: 'caddy', deb: ['caddy'], rpm: 'caddy', why: 'is started from the files we write for it' },
  { program: 'ip', deb: ['iproute2'], rpm: 'iproute', why: 'a network in which every packet is counted' },
  { program: 'tshark', deb: ['tshark'], rpm: 'wireshark-cli', why: 'reads our captures' },
  { program: 'certtool', deb: ['gnutls-bin'], rpm: 'gnutls-utils', why: 'reads our bundles with another library' },
  { program: 'cfssl', deb: ['golang-cfssl'], rpm: 'golang-cfssl', why: 'signs for us as a company’s signing service' },
  { program: 'ssh-keygen', deb: ['openssh-client'], rpm: 'openssh-clients', why: 'writes keys for us to open' },
  { program: 'xdotool', deb: ['xdotool'], rpm: 'xdotool', why: 'moves the mouse that drags files out of the window' },
  { program: 'dunst', deb: ['dunst'], rpm: 'dunst', why: 'shows the reminders that tests wait for' },
  { program: 'softhsm2-util', deb: ['softhsm2'], rpm: 'softhsm', why: 'a token without hardware' },
  { program: 'pkcs11-tool', deb: ['opensc'], rpm: 'opensc', why: 'reads the keys that we make in tokens' },
  {
    file: engines.find((path) => existsSync(path)) ?? engines[process.arch === 'arm64' ? 1 : 0],
    deb: ['libengine-pkcs11-openssl'],
    rpm: 'openssl-pkcs11',
    why: 'lets curl and OpenSSL use keys in tokens',
  },
  { program: 'keytool', deb: ['default-jre-headless'], rpm: 'java-21-openjdk-headless', why: 'reads our key stores' },
  { program: 'pdftotext', deb: ['poppler-utils'], rpm: 'poppler-utils', why: 'reads the sheets we print' },
]

/** @type {Need[]} Server programs that the benchmark of verdicts calls, besides those of the interoperability tests. */
export const forVerdicts = [
  { program: 'stunnel', deb: ['stunnel4'], rpm: 'stunnel', why: 'refuses certificates' },
  { program: 'javac', deb: ['default-jdk-headless'], rpm: 'java-21-openjdk-devel', why: 'refuses certificates' },
]

/** PHP keeps its extensions in a folder named for its interface. */
const phpExtension = (/** @type {string} */ name) => {
  const base = '/usr/lib/php'
  const found = existsSync(base) ? readdirSync(base).map((folder) => `${base}/${folder}/${name}.so`) : []
  return found.find((path) => existsSync(path)) ?? `${base}/${name}.so`
}

/** Debian's sources of Rust libraries lie in folders named with their versions. */
const crate = (/** @type {string} */ name) => {
  const base = '/usr/share/cargo/registry'
  const found = existsSync(base) ? readdirSync(base).find((one) => one.startsWith(`${name}-`)) : undefined
  return `${base}/${found ?? name}`
}

/** @type {Need[]} Programs and libraries that the snippets are run with, besides those of the interoperability tests. */
export const forHandover = [
  { program: 'wget', deb: ['wget'], rpm: 'wget', why: 'runs its snippet' },
  { program: 'http', deb: ['httpie'], rpm: 'httpie', why: 'runs its snippet' },
  { program: 'php', deb: ['php-cli'], rpm: 'php-cli', why: 'runs its snippet' },
  // Looked up each time: its folder has a name only once it is installed.
  {
    get file() {
      return phpExtension('curl')
    },
    deb: ['php-curl'],
    rpm: 'php-common',
    why: 'runs the snippet of PHP',
  },
  { program: 'ruby', deb: ['ruby'], rpm: 'ruby', why: 'runs its snippet' },
  {
    file: '/usr/share/gocode/src/software.sslmate.com/src/go-pkcs12',
    deb: ['golang-sslmate-src-go-pkcs12-dev'],
    rpm: 'golang-software-sslmate-src-pkcs12-devel',
    why: 'reads bundles in the snippet of Go',
  },
  { program: 'javac', deb: ['default-jdk-headless'], rpm: 'java-21-openjdk-devel', why: 'runs its snippet' },
  {
    file: '/usr/lib/python3/dist-packages/requests',
    deb: ['python3-requests'],
    rpm: 'python3-requests',
    why: 'runs its snippet',
  },
  { program: 'pk12util', deb: ['libnss3-tools'], rpm: 'nss-tools', why: 'reads our bundles with another library' },
  {
    file: '/usr/lib/python3/dist-packages/cryptography',
    deb: ['python3-cryptography'],
    rpm: 'python3-cryptography',
    why: 'reads our bundles with another library',
  },
  {
    file: '/usr/lib/python3/dist-packages/httpx',
    deb: ['python3-httpx'],
    rpm: 'python3-httpx',
    why: 'runs its snippet',
  },
  { file: '/usr/bin/cargo', deb: ['cargo'], rpm: 'cargo', why: 'compiles the snippet of Rust' },
  { file: '/usr/bin/rustc', deb: ['rustc'], rpm: 'rust', why: 'compiles the snippet of Rust' },
  {
    get file() {
      return crate('reqwest')
    },
    deb: ['librust-reqwest-dev'],
    rpm: 'rust-reqwest-devel',
    why: 'runs its snippet',
  },
  {
    get file() {
      return crate('urlencoding')
    },
    deb: ['librust-urlencoding-dev'],
    rpm: 'rust-urlencoding-devel',
    why: 'writes addresses in the snippet of Rust',
  },
  {
    file: '/usr/share/java/httpclient5.jar',
    deb: ['libhttpclient5-java'],
    rpm: 'httpcomponents-client5',
    why: 'runs its snippet',
  },
]

/** @type {Need[]} What makes packages of the app, and judges them. */
export const forPackages = [
  { program: 'dpkg-deb', deb: ['dpkg'], rpm: 'dpkg', why: 'makes the .deb' },
  { program: 'rpmbuild', deb: ['rpm'], rpm: 'rpm-build', why: 'makes the .rpm' },
  { program: 'lintian', deb: ['lintian'], rpm: 'lintian', why: 'judges the .deb' },
  {
    program: 'desktop-file-validate',
    deb: ['desktop-file-utils'],
    rpm: 'desktop-file-utils',
    why: 'judges the desktop entry',
  },
  { program: 'mksquashfs', deb: ['squashfs-tools'], rpm: 'squashfs-tools', why: 'makes the AppImage' },
  { program: 'appstreamcli', deb: ['appstream'], rpm: 'appstream', why: 'judges what software shops show' },
  { program: 'man', deb: ['man-db'], rpm: 'man-db', why: 'judges the man page' },
  { program: 'debootstrap', deb: ['debootstrap'], rpm: 'debootstrap', why: 'makes a clean system to install on' },
  { program: 'openssl', deb: ['openssl'], rpm: 'openssl', why: 'makes files to open' },
]
