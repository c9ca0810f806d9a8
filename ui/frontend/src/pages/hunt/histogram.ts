import type { Bucket } from '@/api/types'

/** Bars of the histogram in a box of width×height, and the way back from a brush to times. */
export interface Bar {
  x: number
  width: number
  y: number
  height: number
  bucket: Bucket
}

export function bars(buckets: Bucket[], width: number, height: number): Bar[] {
  const first = buckets[0]
  const last = buckets.at(-1)
  if (!first || !last) return []
  const from = first.from
  const whole = last.from + last.span - from
  const most = Math.max(1, ...buckets.map(bucket => bucket.count))
  return buckets.map(bucket => {
    const tall = bucket.count === 0 ? 0 : Math.max(2, (bucket.count / most) * height)
    return { x: ((bucket.from - from) / whole) * width, width: Math.max(1, (bucket.span / whole) * width - 1), y: height - tall, height: tall, bucket }
  })
}

/** A brush from a to b (shares of the width, any order) as whole buckets; null for a click that covers nothing. */
export function brushed(buckets: Bucket[], a: number, b: number): { from: number; to: number } | null {
  const first = buckets[0]
  const last = buckets.at(-1)
  if (!first || !last) return null
  const whole = last.from + last.span - first.from
  const at = (share: number): number => first.from + Math.min(1, Math.max(0, share)) * whole
  const [low, high] = a < b ? [at(a), at(b)] : [at(b), at(a)]
  const touched = buckets.filter(bucket => bucket.from < high && bucket.from + bucket.span > low)
  const start = touched[0]
  const end = touched.at(-1)
  return start && end ? { from: start.from, to: end.from + end.span } : null
}
