// Commands and answers as lines of JSON on stdin and stdout (see tests/e2e/libraries/driver.py).
'use strict'

const readline = require('node:readline')

/** Write one line. */
function emit(value) {
  process.stdout.write(JSON.stringify(value) + '\n')
}

/** Read the settings, make the program and carry out commands until the input ends. */
async function serve(makeProgram) {
  // Libraries write to the console; stdout is for answers.
  for (const name of ['log', 'info', 'debug', 'warn']) console[name] = console.error
  let program
  for await (const line of readline.createInterface({ input: process.stdin })) {
    const command = JSON.parse(line)
    if (program === undefined) {
      program = await makeProgram(command, emit)
      emit({ event: 'ready' })
    } else {
      void answer(program, command)
    }
  }
  process.exit(0)
}

async function answer(program, { id, do: name, ...parameters }) {
  try {
    emit({ id, ok: (await program[name](parameters)) ?? {} })
  } catch (error) {
    const known = error instanceof Error ? `${error.name}: ${error.message}` : JSON.stringify(error)
    emit({ id, error: known, trace: error?.stack })
  }
}

module.exports = { serve }
