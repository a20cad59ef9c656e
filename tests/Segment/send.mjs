// Sends by the published client: url and write key are arguments; the events, one of each call.
import { Analytics } from '@segment/analytics-node'

const [host, writeKey] = process.argv.slice(2)
const analytics = new Analytics({ writeKey, host, flushAt: 4, maxRetries: 0 })
analytics.on('error', error => { console.error(error); process.exitCode = 1 })
analytics.identify({ userId: 'u-1', traits: { email: 'ann@example.org', name: 'Ann' } })
analytics.track({ userId: 'u-1', event: 'Order Completed', properties: { total: 40, currency: 'EUR' } })
analytics.page({ userId: 'u-1', name: 'Pricing', properties: { url: 'https://shop.example/pricing' } })
analytics.track({ userId: 'u-1', event: 'Video Played', properties: { title: '入门' } })
await analytics.closeAndFlush()
