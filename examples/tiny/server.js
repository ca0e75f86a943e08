const http = require('node:http')
const { greeting } = require('./greeting')

const server = http.createServer((request, response) => {
  response.end(request.url === '/health' ? 'ok' : greeting(process.env.SLIPWAY_RELEASE))
})
server.listen(process.env.PORT, '127.0.0.1')
// Asked to end, it answers what it has begun.
process.on('SIGTERM', () => server.close(() => process.exit(0)))
