import { ref, shallowRef } from 'vue'
import { createI18n } from 'vue-i18n'
import elementEn from 'element-plus/es/locale/lang/en'
import elementZh from 'element-plus/es/locale/lang/zh-cn'
import { useLocale } from '@/api/http'
import zh from './zh-CN.json'

export type Locale = 'zh-CN' | 'en'

export const i18n = createI18n({
  legacy: false,
  locale: 'zh-CN',
  fallbackLocale: 'zh-CN',
  messages: { 'zh-CN': zh } as Record<string, typeof zh>,
})
export const elementLocale = shallowRef(elementZh)
export const locale = ref<Locale>('zh-CN')

/** Changes the language; English is fetched when first asked for. */
export async function setLocale(next: Locale): Promise<void> {
  if (next === 'en') {
    const texts = await import('./en.json')
    i18n.global.setLocaleMessage('en', texts.default as typeof zh)
    elementLocale.value = elementEn
  } else {
    elementLocale.value = elementZh
  }
  i18n.global.locale.value = next
  locale.value = next
  document.documentElement.lang = next
  useLocale(next)
}

export const t = i18n.global.t
