/** Shapes of `/api/v1`. Times are epoch milliseconds UTC, 0 where there is none. */
export type GradeValue = 'extraordinary' | 'major' | 'larger' | 'general'
export const GRADE_VALUES: GradeValue[] = ['extraordinary', 'major', 'larger', 'general']
export const SCHEMES = ['gbt20986-2023', 'cac-2025', 'edu-2018-8', 'unit'] as const
export const DATA_CLASSES = ['', 'personal', 'important', 'core'] as const
export type CaseState =
  | 'new' | 'confirmed' | 'false-positive' | 'duplicate' | 'not-ours'
  | 'handling' | 'rectifying' | 'reviewing' | 'closed' | 'archived'
export const CASE_STATES: CaseState[] = [
  'new', 'confirmed', 'handling', 'rectifying', 'reviewing', 'closed', 'false-positive', 'duplicate', 'not-ours', 'archived',
]
export type Severity = 'informational' | 'low' | 'medium' | 'high' | 'critical'
export const ROLES = ['operator', 'security', 'audit', 'system'] as const
export type Role = (typeof ROLES)[number]

export interface Me {
  account: {
    name: string
    displayName: string
    role: Role
    organization: string
    organizationName: string
    locale: string
    hasPassword: boolean
    hasTotp: boolean
  }
  csrf: string
  permissions: string[]
  node: string
  demo: boolean
  zone: string
  serverTime: number
  version: string
  cryptoModule?: { name: string; certified: boolean }
  mustSetPassword?: boolean
}

export interface Category { key: string; code: string; parent: string; name: string; verified: boolean }
export interface Named { id: string; name: string }
export interface Grade {
  scheme: string
  value: GradeValue
  state: 'proposed' | 'confirmed'
  by: string
  at: number
  basis: string
  tableVersion: string
  verified: boolean
}
export interface AssetRef { id: string; name: string; protectionLevel: number }
export interface CaseRow {
  id: string
  incidentId: string
  revision: number
  state: CaseState
  title: string
  severity: Severity
  category: Category
  grades: Grade[]
  grade: Grade | null
  organization: Named
  assets: AssetRef[]
  actors: string[]
  signals: number
  events: number
  stages: string[]
  openedAt: number
  updatedAt: number
  assignee: string
  acknowledgedBy: string
  reopened: boolean
  incidentStatus: 'open' | 'settled' | 'retracted'
  deadline: { id: string; name: string; state: DeadlineState; dueAt: number; startedAt?: number; clause: string; verified: boolean } | null
  messages: { delivered: number; owed: number; dead: number }
  sealed: boolean
}
export interface Counts { open: number; unassigned: number; mine: number; dueSoon: number; reopened: number }
export interface CasePage { items: CaseRow[]; total: number; asOf: number; counts: Counts }

export type DeadlineState = 'expected' | 'expected-passed' | 'running' | 'missed' | 'met' | 'cancelled'
export interface Deadline {
  id: string
  ruleId: string
  name: string
  scheme: string
  dutyHolder: string
  addressee: string
  clause: string
  verified: boolean
  startedAt: number
  dueAt: number
  state: DeadlineState
  metAt: number
  metHow: string
}
export interface Impact { assets: number; persons: number; dataClass: string; hours: number; outcome: string }
export interface Reason { fact: string; basis: string; clause: string; effect: string; verified: boolean }
export interface SignalRef {
  id: string
  ruleId: string
  title: string
  level: Severity
  key: string
  first: number
  last: number
  count: number
  eventIds: string[]
  status: string
}
export interface Incident {
  id: string
  revision: number
  status: string
  opened: number
  updated: number
  confidence: number
  explanation: Reason[]
  signals: SignalRef[]
  references: Record<string, string>
  fingerprint: string
  playbook: string
  grades?: Grade[]
}
export interface Note { by: string; at: number; action: string; text: string }
export interface Message {
  id: string
  reason: string
  route: string
  notifier: string
  target: string
  state: 'owed' | 'delivered' | 'dead'
  attempts: number
  nextAt: number
  createdAt: number
  deliveredAt: number
  answer: string
  bodySm3: string
  body?: string
  headersNote?: string
}
export interface Seal {
  seq: number
  type: string
  objectType: string
  objectId: string
  revision: number
  actor: string
  at: number
  index: number
  leafHash: string
  state: 'sealed' | 'pending'
  organization?: string
  organizationName?: string
}
export interface PlaybookStep { id: string; name: string; type: string; state: string; at: number; detail: string }
export interface WholeCase extends Omit<CaseRow, 'messages'> {
  impact: Impact
  learnedAt: number
  basedOnRevision: number
  confirmedCategory: string
  notes: Note[]
  incident: Incident
  proposed: Grade[]
  deadlines: Deadline[]
  messages: Message[]
  seals: Seal[]
  next: CaseState[]
  playbook: { id: string; name: string; steps: PlaybookStep[] } | null
  responsible: { duty: string; name: string; contact: string }[]
}
export interface EventRow {
  id: string
  time: number
  ingested: number
  dataset: string
  original: string
  fields: Record<string, unknown>
}
export interface CaseEvents { items: EventRow[]; missing: string[] }
export interface Proof {
  state: 'verified' | 'pending' | 'broken'
  head: { origin: string; size: number; root: string; kid: string; at?: number } | null
  items: (Seal & { verified: boolean; problem?: string })[]
  note?: string
}
export interface BulkResult { results: { id: string; status: 'done' | 'conflict' | 'denied' | 'invalid'; detail?: string }[] }
export interface EventPage { items: EventRow[]; total: number; exact: boolean; next: string | null; tookMillis: number }
export interface Bucket { from: number; span: number; count: number }
export interface FieldInfo { name: string; kind: string; countable: boolean; aliases: string[] }
export interface TopValue { value: string; count: number }
export interface Organization { id: string; parent: string; name: string; kind: string }
export interface OrganizationDetail extends Organization {
  prefixes: string[]
  contacts: { duty: string; name: string; contact: string }[]
}
export interface Asset {
  id: string
  name: string
  organization: Named
  level: number
  critical: boolean
  dataClass: string
  persons: number
  addresses: string[]
  hosts: string[]
  duties: { duty: string; name: string; contact: string }[]
}
export interface LedgerHead {
  origin: string
  size: number
  root: string
  checkpoint: string
  kid: string
  publicKeyPem: string
  pending: number
  check: string
}
export interface LedgerCheck {
  ok: boolean
  findings: { kind: string; where: string; detail: string }[]
  notes: string[]
  leaves: number
}
export interface ReportEntry {
  id: string
  kind: string
  organization: Named
  from: number
  to: number
  madeAt: number
  madeBy: string
  sm3: string
  sealed: boolean
}
export interface Health {
  state: 'ok' | 'warn' | 'bad'
  asOf: number
  ready: boolean
  uptimeMillis: number
  parts: { name: string; state: 'ok' | 'warn' | 'bad'; detail: string; remedy: string }[]
  sources: {
    name: string
    received: number
    published: number
    dropped: Record<string, number>
    unparsed: number
    masked: number
    unassigned: number
    perSecond: number
    lastSeen: number
    pending: number
  }[]
  identities: { name: string; left: number; right: number; difference: number; holds: boolean }[]
  pipeline: {
    received: number
    published: number
    archived: number
    detected: number
    pendingArchive: number
    pendingDetect: number
    cases: number
    incidents: number
  }
  latency: { p50: number; p99: number; samples: number } | null
  messages: { delivered: number; owed: number; dead: number }
  ledger: { size: number; pending: number; oldestPendingMillis: number; check: string }
  disk: { path: string; usableBytes: number; totalBytes: number }[]
  memory: { heapUsed: number; heapMax: number; rss: number }
  version: string
  node: string
  crypto: { module: string; certified: boolean; selfTest: string }
}
export interface Account {
  name: string
  displayName: string
  role: Role
  organization: string
  organizationName?: string
  locale: string
  disabled: boolean
  hasPassword?: boolean
  hasTotp?: boolean
}
