/** Calls to the console's API. Every refusal is a Problem (RFC 9457); a broken connection is a Problem with status 0. */
export interface ProblemBody {
  type?: string
  title?: string
  detail?: string
  status?: number
  errors?: { pointer: string; message: string }[]
  position?: number
  current?: unknown
}

export class Problem extends Error {
  readonly status: number
  readonly slug: string
  readonly body: ProblemBody
  readonly etag: string

  constructor(status: number, body: ProblemBody, etag = '') {
    super(body.detail || body.title || String(status))
    this.status = status
    this.body = body
    this.slug = (body.type ?? '').replace('urn:wanglou:problem:', '')
    this.etag = etag
  }

  get offline(): boolean {
    return this.status === 0
  }
}

export interface Answer<T> {
  data: T
  etag: string
}

export interface Options {
  body?: unknown
  ifMatch?: number | string
  signal?: AbortSignal
}

const context = { csrf: '', locale: 'zh-CN', onSignedOut: () => {} }

export const useCsrf = (csrf: string): void => void (context.csrf = csrf)
export const useLocale = (locale: string): void => void (context.locale = locale)
export const onSignedOut = (listener: () => void): void => void (context.onSignedOut = listener)

export const BASE = '/api/v1'

export async function call<T>(method: string, path: string, options: Options = {}): Promise<Answer<T>> {
  const headers: Record<string, string> = { Accept: 'application/json', 'Accept-Language': context.locale }
  if (method !== 'GET') headers['X-CSRF'] = context.csrf
  if (options.body !== undefined) headers['Content-Type'] = 'application/json'
  if (options.ifMatch !== undefined) headers['If-Match'] = `"${options.ifMatch}"`
  let response: Response
  try {
    response = await fetch(BASE + path, {
      method,
      headers,
      credentials: 'same-origin',
      cache: 'no-store',
      body: options.body === undefined ? undefined : JSON.stringify(options.body),
      signal: options.signal,
    })
  } catch (broken) {
    if (options.signal?.aborted) throw broken
    throw new Problem(0, { type: 'urn:wanglou:problem:offline' })
  }
  const etag = (response.headers.get('ETag') ?? '').replace(/^W\//, '').replaceAll('"', '')
  const text = response.status === 204 ? '' : await response.text()
  const json = (response.headers.get('Content-Type') ?? '').includes('json')
  let parsed: unknown
  try {
    parsed = json && text ? JSON.parse(text) : text
  } catch {
    throw new Problem(response.ok ? 502 : response.status, { title: 'unreadable answer' })
  }
  if (!response.ok) {
    if (response.status === 401 && path !== '/me' && path !== '/sign-in' && path !== '/enter') context.onSignedOut()
    throw new Problem(response.status, (json ? parsed : { detail: '' }) as ProblemBody, etag)
  }
  return { data: parsed as T, etag }
}

export const get = async <T>(path: string, signal?: AbortSignal): Promise<T> => (await call<T>('GET', path, { signal })).data
export const post = async <T>(path: string, body: unknown = {}, options: Options = {}): Promise<T> =>
  (await call<T>('POST', path, { ...options, body })).data
export const put = async <T>(path: string, body: unknown): Promise<T> => (await call<T>('PUT', path, { body })).data

/** `?a=1&b=2` without what is empty. */
export function query(values: Record<string, string | number | boolean | undefined>): string {
  const search = new URLSearchParams()
  for (const [key, value] of Object.entries(values)) {
    if (value !== undefined && value !== '' && value !== false && !Number.isNaN(value)) search.set(key, String(value))
  }
  const text = search.toString()
  return text ? '?' + text : ''
}

export const id = encodeURIComponent
