/** Reads `text/event-stream` (WHATWG HTML §9.2.6) from chunks cut anywhere. */
export interface ServerEvent {
  id: string
  event: string
  data: string
}

export class EventStreamReader {
  private rest = ''
  private data: string[] = []
  private event = ''
  private lastId = ''
  private started = false

  /** Takes a chunk of text, gives the whole events that it completes. */
  feed(chunk: string): ServerEvent[] {
    if (!this.started && chunk) {
      this.started = true
      if (chunk.startsWith('\ufeff')) chunk = chunk.slice(1)
    }
    this.rest += chunk
    const events: ServerEvent[] = []
    for (;;) {
      const hit = /\r\n|\n|\r/.exec(this.rest)
      if (!hit || (hit[0] === '\r' && hit.index === this.rest.length - 1)) return events
      const line = this.rest.slice(0, hit.index)
      this.rest = this.rest.slice(hit.index + hit[0].length)
      if (line === '') {
        if (this.data.length || this.event) events.push({ id: this.lastId, event: this.event || 'message', data: this.data.join('\n') })
        this.data = []
        this.event = ''
      } else {
        this.field(line)
      }
    }
  }

  private field(line: string): void {
    const colon = line.indexOf(':')
    if (colon === 0) return
    const name = colon < 0 ? line : line.slice(0, colon)
    const value = colon < 0 ? '' : line.slice(colon + (line[colon + 1] === ' ' ? 2 : 1))
    if (name === 'data') this.data.push(value)
    else if (name === 'event') this.event = value
    else if (name === 'id' && !value.includes('\0')) this.lastId = value
  }
}
