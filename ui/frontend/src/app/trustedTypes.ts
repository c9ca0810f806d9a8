/** Element Plus and the like may only ever clear an element; anything else written as HTML is refused. */
interface Factory {
  createPolicy(name: string, rules: { createHTML: (text: string) => string }): unknown
}

const factory = (window as unknown as { trustedTypes?: Factory }).trustedTypes
factory?.createPolicy('default', {
  createHTML: text => {
    if (text === '') return ''
    throw new TypeError('blocked html')
  },
})
