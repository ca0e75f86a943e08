// Makes in dist/ what is deployed.
const fs = require('node:fs')

fs.mkdirSync('dist', { recursive: true })
for (const file of ['server.js', 'greeting.js']) fs.copyFileSync(file, `dist/${file}`)
