import { type CSSVariablesResolver, createTheme, type MantineThemeComponents } from '@mantine/core'

const quick = { duration: 120 }

/** `small` for the size that is meant when none is given. */
const isSmall = (props: { size?: unknown }) => props.size === undefined || props.size === 'sm'

/**
 * Defaults by component name. The components themselves are not imported: the first screen does without most of them.
 */
const components: MantineThemeComponents = {
  Button: {
    vars: (_theme: unknown, props: { size?: unknown }) => ({
      root: isSmall(props)
        ? { '--button-height': '32px', '--button-padding-x': '14px' }
        : props.size === 'xs'
          ? { '--button-height': '26px', '--button-padding-x': '10px' }
          : {},
    }),
    styles: { label: { fontWeight: 500 } },
  },
  Input: {
    vars: (_theme: unknown, props: { size?: unknown }) => ({
      // A faulty value is still the user's text: the frame and the words below tell the fault, not its colour.
      wrapper: {
        ...(isSmall(props) ? { '--input-height': '32px' } : {}),
        '--input-color': 'var(--mantine-color-text)',
        '--input-placeholder-color': 'var(--mantine-color-placeholder)',
      },
    }),
  },
  InputWrapper: { defaultProps: { inputWrapperOrder: ['label', 'input', 'error', 'description'] } },
  Modal: {
    defaultProps: {
      transitionProps: quick,
      centered: true,
      overlayProps: { opacity: 0.35 },
      closeButtonProps: { 'aria-label': 'Close' },
    },
  },
  // Opened by a key, a menu has its focus on the first line (ARIA Authoring Practices, menu button).
  Menu: { defaultProps: { transitionProps: quick, shadow: 'md', withInitialFocusPlaceholder: false } },
  Popover: { defaultProps: { transitionProps: quick, shadow: 'md' } },
  // The list itself scrolls, so that what scrolls is what the arrow keys walk in.
  Select: {
    defaultProps: {
      comboboxProps: { transitionProps: quick, shadow: 'md' },
      withScrollArea: false,
      // Tab goes past: the list opens by a key or a click.
      openOnFocus: false,
      styles: {
        options: { maxHeight: '260px', overflowX: 'hidden', overflowY: 'auto' },
        option: { overflowWrap: 'anywhere' },
      },
    },
  },
  Tooltip: { defaultProps: { openDelay: 400, transitionProps: { duration: 80 } } },
  SegmentedControl: { defaultProps: { transitionDuration: 120 } },
  Radio: { vars: () => ({ root: { '--radio-size': '16px', '--radio-icon-size': '6px' } }) },
  Checkbox: { vars: () => ({ root: { '--checkbox-size': '16px' } }) },
  Tabs: { defaultProps: { keepMounted: false } },
}

/** Dense like a desktop tool: 14 px text, 32 px controls, 8 px grid, one accent colour. */
export const theme = createTheme({
  primaryColor: 'ink',
  primaryShade: { light: 7, dark: 7 },
  colors: {
    ink: ['#eef4fb', '#dbe7f5', '#b9d0ea', '#93b6dd', '#709fd1', '#5a8fc9', '#417cbd', '#2c66a6', '#245890', '#1a477a'],
    red: ['#fcebea', '#f8d3d0', '#f2b0ab', '#f2948d', '#e0655c', '#cf4b42', '#c0352c', '#b3261e', '#96201a', '#7a1a15'],
    dark: [
      '#e4e7ea',
      '#c3c8ce',
      '#a3abb4',
      '#6b747e',
      '#3d444c',
      '#2f353c',
      '#252a30',
      '#1c2025',
      '#16191d',
      '#101215',
    ],
  },
  fontFamily: 'system-ui, -apple-system, "Segoe UI", Roboto, Ubuntu, Cantarell, "Noto Sans", sans-serif',
  fontFamilyMonospace: 'ui-monospace, "SF Mono", "Cascadia Mono", Consolas, "DejaVu Sans Mono", monospace',
  fontSizes: { xs: '12px', sm: '14px', md: '14px', lg: '16px', xl: '20px' },
  fontWeights: { regular: '400', medium: '500', bold: '600' },
  lineHeights: { xs: '1.4', sm: '1.43', md: '1.43', lg: '1.5', xl: '1.3' },
  spacing: { xs: '8px', sm: '12px', md: '16px', lg: '24px', xl: '32px' },
  headings: {
    fontWeight: '600',
    sizes: {
      h1: { fontSize: '20px', lineHeight: '28px' },
      h2: { fontSize: '16px', lineHeight: '24px' },
      h3: { fontSize: '14px', lineHeight: '20px' },
    },
  },
  radius: { xs: '3px', sm: '4px', md: '6px', lg: '8px', xl: '12px' },
  defaultRadius: 'md',
  cursorType: 'default',
  respectReducedMotion: true,
  components,
})

/** Names for surfaces and states; `theme.css` and the rooms use only these and Mantine's own. */
export const themeVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    '--mantine-color-body': '#ffffff',
    '--mantine-color-text': '#1b2026',
    '--mantine-color-dimmed': '#5b6570',
    '--mantine-color-placeholder': '#6f7984',
    '--mantine-color-error': '#b3261e',
    '--surface-rail': '#f1f3f5',
    '--surface-sunk': '#f6f8f9',
    '--surface-hover': '#eef1f4',
    '--surface-chosen': '#e3edf8',
    '--line': '#dde2e7',
    '--line-strong': '#b9c2cb',
    '--good': '#1d7a46',
    '--good-soft': '#e6f4ec',
    '--soon': '#8a5a00',
    '--soon-mark': '#d99a1c',
    '--soon-soft': '#fdf3dd',
    '--broken': '#b3261e',
    '--broken-soft': '#fcebea',
    '--accent': '#2c66a6',
    '--mantine-color-anchor': '#2c66a6',
    '--mantine-color-ink-light-color': '#2c66a6',
    '--accent-soft': '#e8f0f9',
    '--code-string': '#22663b',
    '--code-keyword': '#7a3e9d',
    '--code-number': '#8a4b08',
    '--code-name': '#1d5fa8',
  },
  dark: {
    '--mantine-color-body': '#1c2025',
    '--mantine-color-text': '#e4e7ea',
    '--mantine-color-dimmed': '#a3abb4',
    '--mantine-color-placeholder': '#87909a',
    '--mantine-color-error': '#f2948d',
    '--surface-rail': '#16191d',
    '--surface-sunk': '#181b20',
    '--surface-hover': '#262b31',
    '--surface-chosen': '#233448',
    '--line': '#31373e',
    '--line-strong': '#4b535c',
    '--good': '#6cc693',
    '--good-soft': '#19301f',
    '--soon': '#e5b455',
    '--soon-mark': '#d99a1c',
    '--soon-soft': '#352a12',
    '--broken': '#f2948d',
    '--broken-soft': '#3b1e1c',
    '--accent': '#86b4e4',
    '--mantine-color-anchor': '#86b4e4',
    '--mantine-color-ink-light-color': '#86b4e4',
    '--accent-soft': '#1f2e3f',
    '--code-string': '#8fd3a5',
    '--code-keyword': '#d0a8ea',
    '--code-number': '#e5b97f',
    '--code-name': '#8fc1f5',
  },
})
