exports.greeting = (release) => `Hello from release ${release}\n`
