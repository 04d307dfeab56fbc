// Files that are taken as they are into the program (vite's ?raw).
declare module '*.py?raw' {
  const text: string;
  export default text;
}
declare module '*.txt?raw' {
  const text: string;
  export default text;
}
declare module '*LICENSE?raw' {
  const text: string;
  export default text;
}
