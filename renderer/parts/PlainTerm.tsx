/** The plain word first, the term beside it in grey: signing request (CSR). */
export function PlainTerm({ plain, term }: { plain: string; term: string }) {
  return (
    <>
      {plain} <span className="dim">({term})</span>
    </>
  )
}
