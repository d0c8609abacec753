import { ProviderPicker } from '../parts/ProviderPicker.tsx'
import { chooseProvider } from './create-store.ts'

export function ProviderStep({ chosen }: { chosen: string | undefined }) {
  return <ProviderPicker chosen={chosen} onChoose={chooseProvider} />
}
