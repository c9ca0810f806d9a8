import type { EventRow, WholeCase } from '@/api/types'

/** One line of the story: raw events, signals, the incident, people, clocks and messages on one axis of time. */
export interface Moment {
  at: number
  kind: 'event' | 'signal' | 'incident' | 'person' | 'clock' | 'message'
  /** Text key and its values, or data as it is. */
  what: { key: string; values?: Record<string, string | number> } | null
  text: string
  count: number
  until: number
  who: string
  eventId: string
}

const moment = (at: number, kind: Moment['kind'], part: Partial<Moment>): Moment => ({ at, kind, what: null, text: '', count: 1, until: at, who: '', eventId: '', ...part })

/** Events of one dataset that nothing interrupts become one line "×412". */
export function story(found: WholeCase, events: EventRow[]): Moment[] {
  const all: Moment[] = events.map(event => moment(event.time, 'event', { text: event.dataset, eventId: event.id }))
  for (const signal of found.incident.signals) {
    all.push(moment(signal.first, 'signal', { text: signal.title, count: signal.count, until: signal.last, who: signal.ruleId }))
  }
  all.push(moment(found.openedAt, 'incident', { what: { key: 'story.opened' }, text: found.title }))
  for (const note of found.notes) all.push(moment(note.at, 'person', { text: note.text, who: note.by, what: { key: `noteAction.${note.action}` } }))
  for (const clock of found.deadlines) {
    if (clock.state === 'cancelled') continue
    all.push(moment(clock.dueAt, 'clock', { what: { key: 'story.due' }, text: `${clock.name} → ${clock.addressee}` }))
    if (clock.metAt) all.push(moment(clock.metAt, 'clock', { what: { key: 'story.met' }, text: `${clock.name}: ${clock.metHow}` }))
  }
  for (const message of found.messages) {
    all.push(moment(message.createdAt, 'message', { what: { key: 'story.owed' }, text: message.target, who: message.route }))
    if (message.deliveredAt) all.push(moment(message.deliveredAt, 'message', { what: { key: 'story.delivered' }, text: message.target, who: message.route }))
  }
  const rank = { event: 0, signal: 1, incident: 2, message: 3, person: 4, clock: 5 }
  all.sort((a, b) => a.at - b.at || rank[a.kind] - rank[b.kind])
  const folded: Moment[] = []
  for (const next of all) {
    const last = folded.at(-1)
    if (last && next.kind === 'event' && last.kind === 'event' && last.text === next.text) {
      last.count++
      last.until = next.at
    } else {
      folded.push({ ...next })
    }
  }
  return folded
}
