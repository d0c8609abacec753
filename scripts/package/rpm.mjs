// @ts-check
// The .rpm, with rpmbuild: Debian and Ubuntu have it too, in the package `rpm`.

import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { basename, join, relative } from 'node:path'
import { run, tail } from '../run.mjs'
import { Refusal } from '../say.mjs'
import { describeApp, installFolder } from './description.mjs'
import { packageVersion, sourceDate } from './linux-files.mjs'
import { layTree } from './tree.mjs'

/** @type {Record<string, string>} */
const architectures = { x64: 'x86_64', arm64: 'aarch64', arm: 'armv7hl' }

/**
 * @param {{ project: string, unpacked: string, output: string, version: string, arch?: string,
 *   payload?: string }} what `payload`: how rpm names a compression, such as `w6T0.xzdio`
 * @returns {Promise<string>} the file
 */
export async function makeRpm({ project, unpacked, output, version, arch = process.arch, payload = 'w6T0.xzdio' }) {
  const app = describeApp(project)
  const [tree, work] = [join(output, 'tree-rpm'), join(output, 'rpmbuild')]
  layTree({ project, unpacked, tree, app, target: app.rpm })
  // What only Debian reads.
  rmSync(join(tree, 'usr/share/lintian'), { recursive: true, force: true })
  rmSync(join(tree, 'usr/share/doc', app.linux.executableName, 'changelog.Debian.gz'), { force: true })
  mkdirSync(work, { recursive: true })
  const spec = join(work, `${app.rpm.packageName}.spec`)
  writeFileSync(spec, specOf({ project, app, version, tree, payload }))
  const seconds = Math.floor((await sourceDate(project)).getTime() / 1000)
  const ended = await run(
    'rpmbuild',
    ['-bb', '--target', architectures[arch] ?? arch, `--define=_topdir ${work}`, spec],
    {
      env: { ...process.env, SOURCE_DATE_EPOCH: String(seconds) },
      limitMs: 10 * 60_000,
    },
  )
  rmSync(tree, { recursive: true, force: true })
  if (ended.code !== 0) throw new Refusal('rpmbuild could not make the package', tail(ended.stderr + ended.stdout))
  const made = readdirSync(join(work, 'RPMS'), { recursive: true, encoding: 'utf8' }).find((name) =>
    name.endsWith('.rpm'),
  )
  if (!made) throw new Refusal('rpmbuild left no package')
  const file = join(output, basename(made))
  renameSync(join(work, 'RPMS', made), file)
  rmSync(work, { recursive: true, force: true })
  return file
}

/** @param {{ project: string, app: import('./description.mjs').Description, version: string, tree: string, payload: string }} what */
function specOf({ project, app, version, tree, payload }) {
  const home = installFolder(app)
  const script = (/** @type {string} */ path) => readFileSync(join(project, path), 'utf8').replace(/^#!.*\n/, '')
  const outside = readdirSync(tree, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => `/${relative(tree, join(entry.parentPath, entry.name))}`)
    .filter((path) => !path.startsWith(`${home}/`))
  return `Name: ${app.rpm.packageName}
Version: ${packageVersion(version)}
Release: 1
Summary: ${app.linux.synopsis}
License: ${app.licence}
Group: ${app.rpm.packageCategory}
URL: ${app.homepage}
Vendor: ${app.linux.vendor}
Packager: ${app.linux.maintainer}
AutoReqProv: no
${app.rpm.depends.map((name) => `Requires: ${name}`).join('\n')}

# The program is built: nothing is compiled, stripped or rewritten here.
%global debug_package %{nil}
%global __os_install_post %{nil}
%global _build_id_links none
%global _binary_payload ${payload}
%global source_date_epoch_from_changelog 0
%global clamp_mtime_to_source_date_epoch 1
%global use_source_date_epoch_as_buildtime 1
%global _buildhost localhost

%description
${app.linux.description}.

%install
mkdir -p %{buildroot}
cp -a "${tree}/." %{buildroot}/

%post
${script(app.rpm.afterInstall)}
%postun
${script(app.rpm.afterRemove)}
%files
%defattr(-,root,root,-)
%dir ${home}
${home}/*
%dir /usr/share/doc/${app.linux.executableName}
%attr(4755,root,root) ${home}/chrome-sandbox
${outside.join('\n')}
`
}
