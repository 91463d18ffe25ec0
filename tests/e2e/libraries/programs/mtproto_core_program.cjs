// @mtproto/core has no methods of its own beyond `call`: what a chat needs is written out here.
'use strict'

const { readFile, writeFile } = require('node:fs/promises')
const { randomBytes } = require('node:crypto')
const { basename, join } = require('node:path')
const MTProto = require('@mtproto/core/envs/node')
const bigInt = require('big-integer')
const { serve } = require('./lines.cjs')

const PART = 128 * 1024
const TWO_64 = bigInt(2).pow(64)

/** A random long, as the decimal text the library takes. */
function randomLong() {
  return bigInt(randomBytes(7).toString('hex'), 16).toString()
}

class Program {
  #messages = new Map()
  #users = new Map()
  #sent = new Map()
  #state
  #offline = false
  #attempt = 1

  constructor(settings, emit) {
    this.emit = emit
    this.settings = settings
    this.#connect()
  }

  #connect() {
    const { host: ip, tcp_port: port, folder } = this.settings
    this.mtproto = new MTProto({
      api_id: 1,
      api_hash: '0'.repeat(32),
      storageOptions: { path: join(folder, `session-${this.#attempt}.json`) },
    })
    // The login is copied to every other data centre of the list.
    this.mtproto.dcList = [2, 4].map((id) => ({ id, ip, port }))
    const key = { modulus: bigInt(this.settings.n).toString(16), exponent: '010001' }
    const fingerprint = bigInt(this.settings.fingerprint).add(TWO_64).mod(TWO_64).toString(16)
    this.mtproto.crypto.rsa.getPublisKeysByHex = async () => ({ [fingerprint]: key })
    for (const kind of ['updates', 'updatesCombined', 'updateShort']) {
      this.mtproto.updates.on(kind, (updates) => this.#take(updates))
    }
  }

  async call(method, parameters) {
    const result = await this.mtproto.call(method, parameters)
    this.#learn(result.users)
    return result
  }

  #learn(users) {
    for (const user of users ?? []) if (user.access_hash) this.#users.set(String(user.id), user.access_hash)
  }

  #take({ users, updates, update }) {
    if (this.#offline) return
    this.#learn(users)
    for (const one of updates ?? [update]) {
      if (one._ === 'updateNewMessage') this.#message('message', one.message)
      if (one._ === 'updateEditMessage') this.#message('edit', one.message)
    }
  }

  #message(event, message) {
    this.#messages.set(message.id, message)
    const document = message.media?.document
    const named = document?.attributes.find((attribute) => attribute._ === 'documentAttributeFilename')
    const entities = (message.entities ?? []).map((entity) => [
      entity._.replace('messageEntity', '').toLowerCase(),
      entity.offset,
      entity.length,
    ])
    this.emit({
      event,
      message_id: message.id,
      chat: Number(message.peer_id.user_id),
      sender: message.from_id ? Number(message.from_id.user_id) : null,
      out: Boolean(message.out),
      text: message.message,
      entities,
      media: message.media?.photo ? 'photo' : document ? 'document' : null,
      file_name: named?.file_name ?? null,
    })
  }

  #peer(id) {
    return { _: 'inputPeerUser', user_id: String(id), access_hash: this.#users.get(String(id)) }
  }

  /** The library loses keys that begin with a zero byte, one in 256, and then waits for ever: begin anew. */
  async sign_up(parameters) {
    for (;;) {
      let lost
      const failure = new Promise((_, reject) => process.once('unhandledRejection', (lost = reject)))
      try {
        return await Promise.race([this.#signUp(parameters), failure])
      } catch (error) {
        if (!/mt_dh_gen_ok/.test(error?.message)) throw error
        this.#close()
        this.#attempt += 1
        this.#connect()
      } finally {
        process.off('unhandledRejection', lost)
      }
    }
  }

  async #signUp({ phone, code, name }) {
    const { phone_code_hash } = await this.call('auth.sendCode', {
      phone_number: phone,
      settings: { _: 'codeSettings' },
    })
    let found = await this.call('auth.signIn', { phone_number: phone, phone_code_hash, phone_code: code })
    if (found._ === 'auth.authorizationSignUpRequired') {
      found = await this.call('auth.signUp', { phone_number: phone, phone_code_hash, first_name: name, last_name: '' })
    }
    await this.call('updates.getState')
    return { user_id: Number(found.user.id), name: found.user.first_name }
  }

  async add_contact({ phone, name }) {
    const contact = { _: 'inputPhoneContact', client_id: '1', phone, first_name: name, last_name: '' }
    const found = await this.call('contacts.importContacts', { contacts: [contact] })
    return { user_id: Number(found.users[0].id) }
  }

  /** The id of the one new message in the answer to a sending. */
  #sentId({ updates, id }) {
    return { message_id: id ?? updates.find((update) => update._ === 'updateMessageID').id }
  }

  async send_text({ to, text, bold }) {
    const entities = bold ? [{ _: 'messageEntityBold', offset: bold[0], length: bold[1] }] : undefined
    const peer = this.#peer(to)
    return this.#sentId(
      await this.call('messages.sendMessage', { peer, message: text, entities, random_id: randomLong() }),
    )
  }

  async edit({ to, message_id, text }) {
    const { updates } = await this.call('messages.editMessage', {
      peer: this.#peer(to),
      id: message_id,
      message: text,
    })
    return { text: updates.find((update) => update._ === 'updateEditMessage').message.message }
  }

  async #upload(path) {
    const data = await readFile(path)
    const id = randomLong()
    const parts = Math.ceil(data.length / PART)
    for (let part = 0; part < parts; part += 1) {
      const bytes = new Uint8Array(data.subarray(part * PART, (part + 1) * PART))
      await this.call('upload.saveFilePart', { file_id: id, file_part: part, bytes })
    }
    return { _: 'inputFile', id, parts, name: basename(path), md5_checksum: '' }
  }

  async #sendMedia(to, media, message) {
    return this.#sentId(
      await this.call('messages.sendMedia', { peer: this.#peer(to), media, message, random_id: randomLong() }),
    )
  }

  async send_photo({ to, path, caption }) {
    return this.#sendMedia(to, { _: 'inputMediaUploadedPhoto', file: await this.#upload(path) }, caption)
  }

  async send_document({ to, path, caption }) {
    const media = {
      _: 'inputMediaUploadedDocument',
      file: await this.#upload(path),
      force_file: true,
      mime_type: 'application/octet-stream',
      attributes: [{ _: 'documentAttributeFilename', file_name: basename(path) }],
    }
    return this.#sendMedia(to, media, caption)
  }

  async download({ message_id, path }) {
    const { photo, document } = this.#messages.get(message_id).media
    const { id, access_hash, file_reference } = photo ?? document
    const common = { id, access_hash, file_reference }
    const location = photo
      ? { _: 'inputPhotoFileLocation', ...common, thumb_size: photo.sizes.at(-1).type }
      : { _: 'inputDocumentFileLocation', ...common, thumb_size: '' }
    const pieces = []
    for (let offset = 0; ; offset += PART) {
      const { bytes } = await this.call('upload.getFile', { location, offset: String(offset), limit: PART })
      pieces.push(Buffer.from(bytes))
      if (bytes.length < PART) break
    }
    await writeFile(path, Buffer.concat(pieces))
    return { path }
  }

  async history({ chat }) {
    const found = await this.call('messages.getHistory', {
      peer: this.#peer(chat),
      offset_id: 0,
      offset_date: 0,
      add_offset: 0,
      limit: 50,
      max_id: 0,
      min_id: 0,
      hash: '0',
    })
    return { texts: found.messages.map(({ message }) => message) }
  }

  async go_offline() {
    this.#state = await this.call('updates.getState')
    this.#offline = true
    this.#close()
  }

  #close() {
    for (const { transport } of this.mtproto.rpcs.values()) {
      // A closed socket is opened again at once: closing for good means not to.
      transport.connect = () => {}
      transport.socket.destroy()
    }
  }

  async come_back() {
    this.#offline = false
    this.#connect()
    const { pts, date, qts } = this.#state
    const missed = await this.call('updates.getDifference', { pts, date, qts })
    for (const message of missed.new_messages ?? []) this.#message('message', message)
  }

  async log_out() {
    const result = await this.call('auth.logOut')
    return { logged_out: result._ === 'auth.loggedOut' }
  }
}

void serve(async (settings, emit) => new Program(settings, emit))
