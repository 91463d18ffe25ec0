// GramJS and teleproto, its fork: `node gramjs_program.cjs telegram|teleproto tcp|websocket`.
'use strict'

const { readFile, writeFile } = require('node:fs/promises')
const { basename } = require('node:path')
const { serve } = require('./lines.cjs')

const [library, transport] = process.argv.slice(2)
const { TelegramClient, Api } = require(library)
const { StringSession } = require(`${library}/sessions`)
const { _serverKeys } = require(`${library}/crypto/RSA`)
const { PromisedNetSockets, PromisedWebSockets } = require(`${library}/extensions`)
const { ConnectionTCPFull, ConnectionTCPObfuscated } = require(`${library}/network/connection`)
const { CustomFile } = require(`${library}/client/uploads`)
const { LogLevel } = require(`${library}/extensions/Logger`)
const bigInt = require('big-integer')

class Program {
  #messages = new Map()
  #missed = new Set()
  #state

  constructor(settings, emit) {
    _serverKeys.set(settings.fingerprint, { n: bigInt(settings.n), e: settings.e })
    const webSocket = transport === 'websocket'
    const port = webSocket ? settings.http_port : settings.tcp_port
    const Socket = webSocket ? PromisedWebSockets : PromisedNetSockets
    // The library knows ports 80 and 443 only: every connection goes to the server under test.
    class ServerSocket extends Socket {
      connect(_port, _ip, testServers) {
        return super.connect(port, settings.host, testServers)
      }
    }
    const session = new StringSession('')
    session.setDC(2, settings.host, 443)
    this.emit = emit
    this.client = new TelegramClient(session, 1, '0'.repeat(32), {
      connectionRetries: 5,
      useWSS: false,
      networkSocket: ServerSocket,
      connection: webSocket ? ConnectionTCPObfuscated : ConnectionTCPFull,
      deviceModel: library,
      systemVersion: '1',
      appVersion: '1',
    })
    this.client.setLogLevel(LogLevel.WARN)
    this.client.addEventHandler((update) => this.#take(update))
  }

  #take(update) {
    if (update instanceof Api.UpdateNewMessage) this.#message('message', update.message)
    if (update instanceof Api.UpdateEditMessage) this.#message('edit', update.message)
    if (update instanceof Api.UpdateShortMessage) throw new Error('short messages are not expected')
  }

  #message(event, message) {
    // The server keeps the session and sends again what was not acknowledged; the difference may be first.
    if (event === 'message' && this.#missed.has(message.id)) return
    this.#messages.set(message.id, message)
    const document = message.media?.document
    const named = document?.attributes.find((attribute) => attribute instanceof Api.DocumentAttributeFilename)
    const entities = (message.entities ?? []).map((entity) => [
      entity.className.replace('MessageEntity', '').toLowerCase(),
      entity.offset,
      entity.length,
    ])
    this.emit({
      event,
      message_id: message.id,
      chat: Number(message.peerId.userId),
      sender: message.fromId ? Number(message.fromId.userId) : null,
      out: Boolean(message.out),
      text: message.message,
      entities,
      media: message.media?.photo ? 'photo' : document ? 'document' : null,
      file_name: named?.fileName ?? null,
    })
  }

  async sign_up({ phone, code, name }) {
    await this.client.start({
      phoneNumber: phone,
      phoneCode: async () => code,
      firstAndLastNames: async () => [name, ''],
      onError: (error) => {
        throw error
      },
    })
    // Only now does the server tell a state for what comes later to be compared with.
    if (library === 'teleproto') await this.client.catchUp()
    const user = await this.client.getMe()
    return { user_id: Number(user.id), name: user.firstName }
  }

  async add_contact({ phone, name }) {
    const contact = new Api.InputPhoneContact({ clientId: bigInt.one, phone, firstName: name, lastName: '' })
    const found = await this.client.invoke(new Api.contacts.ImportContacts({ contacts: [contact] }))
    return { user_id: Number(found.users[0].id) }
  }

  async send_text({ to, text, bold }) {
    const formattingEntities = bold ? [new Api.MessageEntityBold({ offset: bold[0], length: bold[1] })] : []
    const sent = await this.client.sendMessage(bigInt(to), { message: text, formattingEntities })
    return { message_id: sent.id }
  }

  async edit({ to, message_id, text }) {
    const edited = await this.client.editMessage(bigInt(to), { message: message_id, text })
    return { text: edited.message }
  }

  async send_photo({ to, path, caption }) {
    const data = await readFile(path)
    const sent = await this.client.sendFile(bigInt(to), {
      file: new CustomFile(basename(path), data.length, path),
      caption,
      workers: 2,
    })
    return { message_id: sent.id }
  }

  async send_document({ to, path, caption }) {
    const data = await readFile(path)
    const file = new CustomFile(basename(path), data.length, path)
    const sent = await this.client.sendFile(bigInt(to), { file, caption, forceDocument: true, workers: 2 })
    return { message_id: sent.id }
  }

  async download({ message_id, path }) {
    await writeFile(path, await this.client.downloadMedia(this.#messages.get(message_id)))
    return { path }
  }

  async history({ chat }) {
    const messages = await this.client.getMessages(bigInt(chat), { limit: 50 })
    return { texts: messages.map((message) => message.message) }
  }

  async go_offline() {
    this.#state = await this.client.invoke(new Api.updates.GetState())
    await this.client.disconnect()
  }

  async come_back() {
    await this.client.connect()
    if (library === 'teleproto') return void (await this.client.catchUp())
    // GramJS leaves the difference to its user: its catchUp is empty.
    const { pts, date, qts } = this.#state
    const missed = await this.client.invoke(new Api.updates.GetDifference({ pts, date, qts }))
    for (const message of missed.newMessages ?? []) {
      if (!this.#messages.has(message.id)) this.#message('message', message)
      this.#missed.add(message.id)
    }
  }

  async log_out() {
    const result = await this.client.invoke(new Api.auth.LogOut())
    return { logged_out: Boolean(result) }
  }
}

void serve(async (settings, emit) => new Program(settings, emit))
