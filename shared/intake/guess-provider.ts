import { longestText } from '../providers/pattern.ts'
import { templateOf } from '../providers/plan.ts'
import type { Profile } from '../providers/profile.ts'
import { matchTemplate } from '../providers/template.ts'

export type Guess = { provider: string; environment: string; answers: Record<string, string> }

/**
 * The provider whose rules make this common name, with the answers that it was made from. Null when none does, or when
 * a rule has no blank and so fits by chance. Where two environments share a name the first one is meant.
 */
export function guessProvider(profiles: readonly Profile[], commonName: string): Guess | null {
  for (const profile of profiles) {
    for (const { id } of profile.environments) {
      const answers = answersIn(profile, id, commonName)
      if (answers) return { provider: profile.id, environment: id, answers }
    }
  }
  return null
}

/** What the user must have answered for this common name to come out; null when it cannot have come from these rules. */
export function answersIn(profile: Profile, environment: string, commonName: string): Record<string, string> | null {
  const rule = profile.subject.find(({ field }) => field === 'CN')
  const template = rule && templateOf(rule, environment)
  if (template === undefined || commonName.length > longestText) return null
  const patternOf = (name: string) => profile.questions.find(({ id }) => id === name)?.pattern ?? '[^.]+'
  const answers = matchTemplate(template, commonName, patternOf)
  // A template that is one blank fits everything; one without any says what it wants exactly.
  return answers && template.replace(/\{[^}]*\}/g, '').length >= 5 ? answers : null
}
