const assert = require('node:assert')
const { test } = require('node:test')
const { greeting } = require('./greeting')

test('says which release it is', () => assert.match(greeting(7), /release 7/))
