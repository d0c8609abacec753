// @ts-check
// Loaded into Electron's own installer before it runs. The installer prints "fetch failed" and nothing else; here the
// cause is told to the parent, together with how many bytes have come, so that it can draw progress and give up in time.

const ask = globalThis.fetch

/** @param {Record<string, unknown>} news */
const tell = (news) => process.send?.(news)

/** @type {typeof fetch} */
globalThis.fetch = async (input, init) => {
  const url = input instanceof Request ? input.url : String(input)
  tell({ at: 'asking', url })
  /** @type {Response} */
  let answer
  try {
    answer = await ask(input, init)
  } catch (error) {
    const cause = /** @type {{ cause?: { code?: string, message?: string } }} */ (error).cause
    tell({ at: 'broken', url, code: cause?.code ?? '', message: cause?.message ?? String(error) })
    throw error
  }
  tell({ at: 'answered', url, status: answer.status, total: Number(answer.headers.get('content-length') ?? 0) })
  if (!answer.ok || !answer.body) return answer
  let done = 0
  let told = 0
  const counter = new TransformStream({
    transform(chunk, controller) {
      done += chunk.length
      if (done - told > 1_000_000) {
        told = done
        tell({ at: 'receiving', done })
      }
      controller.enqueue(chunk)
    },
    flush() {
      tell({ at: 'received', done })
    },
  })
  return new Response(answer.body.pipeThrough(counter), { status: answer.status, headers: answer.headers })
}
