// Over docfx's template "modern".
export default {
  defaultTheme: 'auto', // as the reader's system has it
  // Blocks that name no language are commands and what they print: guessing would colour them as one language or another.
  configureHljs: hljs => hljs.configure({ languages: [] }),
};
