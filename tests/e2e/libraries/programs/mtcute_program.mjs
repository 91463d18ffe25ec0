// mtcute: `node mtcute_program.mjs tcp|websocket`.
import { writeFile } from 'node:fs/promises'

import { connectWs } from '@fuman/net'
import { IntermediatePacketCodec, MemoryStorage, ObfuscatedPacketCodec } from '@mtcute/core'
import { addPublicKey } from '@mtcute/core/utils.js'
import { InputMedia, TcpTransport, TelegramClient } from '@mtcute/node'
import { NodeCryptoProvider } from '@mtcute/node/utils.js'
import websocket from 'websocket'

import lines from './lines.cjs'

const transport = process.argv[2]

/** What @mtcute/web does in a browser, at the address of the server under test. */
class WebSocketTransport {
  constructor(url) {
    this.url = url
  }

  connect() {
    return connectWs({ url: this.url, implementation: websocket.w3cwebsocket, protocols: 'binary' })
  }

  packetCodec() {
    return new ObfuscatedPacketCodec(new IntermediatePacketCodec())
  }
}

class Program {
  #messages = new Map()

  static async make(settings, emit) {
    const crypto = new NodeCryptoProvider()
    await crypto.initialize()
    addPublicKey(crypto, settings.pem)
    return new Program(settings, crypto, emit)
  }

  constructor(settings, crypto, emit) {
    const dc = { id: 2, ipAddress: settings.host, port: settings.tcp_port }
    const url = `ws://${settings.host}:${settings.http_port}/apiws`
    this.client = new TelegramClient({
      apiId: 1,
      apiHash: '0'.repeat(32),
      crypto,
      storage: new MemoryStorage(),
      defaultDcs: { main: dc, media: { ...dc, mediaOnly: true } },
      transport: transport === 'websocket' ? new WebSocketTransport(url) : new TcpTransport(),
      updates: { catchUp: true },
      initConnectionOptions: { deviceModel: 'mtcute', systemVersion: '1', appVersion: '1' },
      logLevel: 2,
    })
    this.client.onError.add((error) => console.error('mtcute:', error))
    this.client.onNewMessage.add((message) => this.#take(emit, 'message', message))
    this.client.onEditMessage.add((message) => this.#take(emit, 'edit', message))
  }

  #take(emit, event, message) {
    this.#messages.set(message.id, message)
    const entities = (message.raw.entities ?? []).map((entity) => [
      entity._.replace('messageEntity', '').toLowerCase(),
      entity.offset,
      entity.length,
    ])
    emit({
      event,
      message_id: message.id,
      chat: message.chat.id,
      sender: message.sender.id,
      out: message.isOutgoing,
      text: message.text,
      entities,
      media: message.media?.type ?? null,
      file_name: message.media?.fileName ?? null,
    })
  }

  async sign_up({ phone, code, name }) {
    const sent = await this.client.sendCode({ phone })
    let user
    try {
      user = await this.client.signIn({ phone, phoneCodeHash: sent.phoneCodeHash, phoneCode: code })
    } catch {
      // The library has no method of its own for new accounts.
      const made = await this.client.call({
        _: 'auth.signUp',
        phoneNumber: phone,
        phoneCodeHash: sent.phoneCodeHash,
        firstName: name,
        lastName: '',
      })
      await this.client.notifyLoggedIn(made)
      user = await this.client.getMe()
    }
    await this.client.startUpdatesLoop()
    return { user_id: user.id, name: user.firstName }
  }

  async add_contact({ phone, name }) {
    const found = await this.client.importContacts([{ phone, firstName: name, lastName: '' }])
    return { user_id: Number(found.users[0].id) }
  }

  async send_text({ to, text, bold }) {
    const entities = bold ? [{ _: 'messageEntityBold', offset: bold[0], length: bold[1] }] : []
    const sent = await this.client.sendText(to, { text, entities })
    return { message_id: sent.id }
  }

  async edit({ to, message_id, text }) {
    const edited = await this.client.editMessage({ chatId: to, message: message_id, text })
    return { text: edited.text }
  }

  async send_photo({ to, path, caption }) {
    const sent = await this.client.sendMedia(to, InputMedia.photo(`file:${path}`, { caption }))
    return { message_id: sent.id }
  }

  async send_document({ to, path, caption }) {
    const sent = await this.client.sendMedia(to, InputMedia.document(`file:${path}`, { caption }))
    return { message_id: sent.id }
  }

  async download({ message_id, path }) {
    // downloadToFile returns before the file is complete.
    await writeFile(path, await this.client.downloadAsBuffer(this.#messages.get(message_id).media))
    return { path }
  }

  async history({ chat }) {
    const messages = await this.client.getHistory(chat, { limit: 50 })
    return { texts: messages.map((message) => message.text) }
  }

  async go_offline() {
    await this.client.disconnect()
  }

  async come_back() {
    await this.client.connect()
    await this.client.startUpdatesLoop()
  }

  async log_out() {
    await this.client.logOut()
    return { logged_out: true }
  }
}

void lines.serve((settings, emit) => Program.make(settings, emit))
