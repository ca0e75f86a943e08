import type { Sketch } from './sketch'

const mug: Sketch = ({ body, deep, light }) => (
  <g>
    <path d="M132 92c34-6 34 48-4 44" fill="none" stroke={deep} stroke-width="11" stroke-linecap="round" />
    <path d="M58 74h78v66a22 22 0 0 1-22 22H80a22 22 0 0 1-22-22z" fill={body} />
    <ellipse cx="97" cy="74" rx="39" ry="10" fill={deep} />
    <ellipse cx="97" cy="76" rx="33" ry="7" fill="#4a2c1c" />
    <path d="M68 92v44" stroke={light} stroke-width="5" stroke-linecap="round" opacity=".7" />
    <path d="M84 58c-6-8 6-12 0-22M104 58c-6-8 6-12 0-22" fill="none" stroke={light} stroke-width="3" stroke-linecap="round" />
  </g>
)

const teapot: Sketch = ({ body, deep, light }) => (
  <g>
    <path d="M58 128c-22-4-24-30-40-38l8-9c24 8 26 26 40 26z" fill={deep} />
    <path d="M140 92c42-10 42 50-6 50" fill="none" stroke={deep} stroke-width="10" stroke-linecap="round" />
    <path d="M50 118c0-32 22-48 50-48s50 16 50 48-22 44-50 44-50-12-50-44z" fill={body} />
    <path d="M74 76c4-12 48-12 52 0-14 6-38 6-52 0z" fill={deep} />
    <circle cx="100" cy="58" r="8" fill={body} />
    <path d="M66 100c-6 12-6 26 0 38" fill="none" stroke={light} stroke-width="5" stroke-linecap="round" opacity=".7" />
  </g>
)

const bowl: Sketch = ({ body, deep, light }) => (
  <g>
    <path d="M36 98h128c0 38-26 58-46 60v4H82v-4c-20-2-46-22-46-60z" fill={body} />
    <ellipse cx="100" cy="98" rx="64" ry="15" fill={deep} />
    <ellipse cx="100" cy="101" rx="55" ry="10" fill={light} />
    <path d="M52 122c6 14 14 20 22 24" fill="none" stroke={light} stroke-width="5" stroke-linecap="round" opacity=".6" />
    <path d="M78 112c14-7 30 5 44-2" fill="none" stroke={deep} stroke-width="2" opacity=".4" />
  </g>
)

const carafe: Sketch = ({ tint, deep, light, pale }) => (
  <g>
    <path d="M72 46h36v28c0 16 22 22 22 50v24a14 14 0 0 1-14 14H64a14 14 0 0 1-14-14v-24c0-28 22-34 22-50z" fill={light} opacity=".75" />
    <path d="M52 118c12-6 26 6 40 0s26 4 37 0l1 30a14 14 0 0 1-14 14H64a14 14 0 0 1-14-14z" fill={tint} opacity=".7" />
    <path d="M66 30h48l-5 22H71z" fill={deep} opacity=".75" />
    <path d="M62 122v24" stroke={pale} stroke-width="5" stroke-linecap="round" />
    <path d="M140 118h32l-4 44h-24z" fill={light} opacity=".7" />
    <path d="M142 138h28l-2 24h-24z" fill={tint} opacity=".6" />
  </g>
)

const board: Sketch = ({ body, deep, light }) => (
  <g transform="rotate(8 100 110)">
    <path d="M90 34h24v34h-24z" fill={body} />
    <path d="M58 62h88a12 12 0 0 1 12 12v76a12 12 0 0 1-12 12H58a12 12 0 0 1-12-12V74a12 12 0 0 1 12-12z" fill={body} />
    <rect x="86" y="22" width="32" height="30" rx="14" fill={body} />
    <circle cx="102" cy="37" r="6" fill={deep} />
    <path d="M102 37c16-20 30-6 18 8" fill="none" stroke={deep} stroke-width="3" />
    <path d="M60 84c28 8 56-6 86 2M60 106c30-8 54 8 86-2M60 128c26 8 58-8 86 2M60 146c30-6 56 4 86-2" fill="none" stroke={light} stroke-width="2.5" opacity=".55" />
  </g>
)

const jar: Sketch = ({ body, deep, light, pale }) => (
  <g>
    <rect x="66" y="38" width="68" height="24" rx="7" fill="#b98a5a" />
    <path d="M66 50h68" stroke="#966a3e" stroke-width="2" opacity=".6" />
    <path d="M60 62h80c12 6 14 14 14 24v60a16 16 0 0 1-16 16H62a16 16 0 0 1-16-16V86c0-10 2-18 14-24z" fill={light} opacity=".65" />
    <path d="M46 104c20-8 34 6 54 0s36 4 54-2v44a16 16 0 0 1-16 16H62a16 16 0 0 1-16-16z" fill={body} />
    <rect x="74" y="112" width="52" height="28" rx="4" fill={pale} />
    <path d="M82 122h36M82 130h22" stroke={deep} stroke-width="3" stroke-linecap="round" />
    <path d="M58 82v14" stroke="#fff" stroke-width="6" stroke-linecap="round" opacity=".8" />
  </g>
)

export const table = { mug, teapot, bowl, carafe, board, jar } satisfies Record<string, Sketch>
