// Playwright's own loader tells Chromium to use no keyring. Loaded after it, this asks for the session's real one. Starting
// Electron by its path would avoid that loader, but then a start can hang: only the loader holds `ready` back until
// Playwright is attached.
require('electron').app.commandLine.appendSwitch('password-store', 'gnome-libsecret')
