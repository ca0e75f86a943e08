import type { Sketch } from './sketch'

const vase: Sketch = ({ body, deep, light }) => (
  <g>
    <path d="M96 62c-4-20-18-24-22-40M102 62c0-20 4-30 2-48M108 62c4-16 20-20 26-34" fill="none" stroke="#6f7f4f" stroke-width="3" stroke-linecap="round" />
    <g fill="#e7c9a0">
      <ellipse cx="72" cy="20" rx="6" ry="11" transform="rotate(-25 72 20)" />
      <ellipse cx="104" cy="14" rx="6" ry="11" />
      <ellipse cx="136" cy="26" rx="6" ry="11" transform="rotate(35 136 26)" />
    </g>
    <path d="M88 58h28c-4 22 30 36 30 70 0 22-12 34-26 34H84c-14 0-26-12-26-34 0-34 34-48 30-70z" fill={body} />
    <ellipse cx="102" cy="58" rx="14" ry="4" fill={deep} />
    <path d="M70 118c-4 12-2 24 4 32" fill="none" stroke={light} stroke-width="5" stroke-linecap="round" opacity=".7" />
    <path d="M60 122c26 8 58 8 85 0" fill="none" stroke={deep} stroke-width="3" opacity=".5" />
  </g>
)

const lamp: Sketch = ({ body, deep, light, pale }) => (
  <g>
    <path d="M40 96 24 162h152l-16-66z" fill="#ffe9b8" opacity=".5" />
    <path d="M94 94h12v52H94z" fill={body} />
    <path d="M68 152c0-8 14-12 32-12s32 4 32 12v10H68z" fill={body} />
    <path d="M66 36h68l24 62H42z" fill={pale} />
    <path d="M66 36h68l24 62H42z" fill={light} opacity=".45" />
    <path d="m80 38-16 58M100 38v58M120 38l16 58" stroke={deep} stroke-width="1.5" opacity=".25" />
    <path d="M42 98h116" stroke={deep} stroke-width="3" opacity=".5" />
    <path d="M128 98v26" stroke={deep} stroke-width="2" />
    <circle cx="128" cy="127" r="4" fill={deep} />
  </g>
)

const candle: Sketch = ({ body, deep, light, pale }) => (
  <g>
    <circle cx="100" cy="54" r="36" fill="#ffe2a0" opacity=".55" />
    <path d="M100 28c14 18 16 24 16 30a16 16 0 0 1-32 0c0-6 4-12 16-30z" fill="#f3a545" />
    <path d="M100 44c7 9 8 12 8 16a8 8 0 0 1-16 0c0-4 2-7 8-16z" fill="#fff1c9" />
    <path d="M100 66v18" stroke="#4a3a2c" stroke-width="3" />
    <path d="M62 82h76v66a14 14 0 0 1-14 14H76a14 14 0 0 1-14-14z" fill={body} />
    <ellipse cx="100" cy="82" rx="38" ry="9" fill={pale} />
    <rect x="78" y="108" width="44" height="32" rx="3" fill={pale} />
    <path d="M86 120c5-5 9-5 14 0s9 5 14 0M86 129c5-5 9-5 14 0s9 5 14 0" fill="none" stroke={deep} stroke-width="2.5" stroke-linecap="round" />
    <path d="M70 98v46" stroke={light} stroke-width="4" stroke-linecap="round" opacity=".7" />
  </g>
)

const planter: Sketch = ({ body, deep, light }) => (
  <g>
    <path d="M100 104V50" stroke="#3f6b3f" stroke-width="4" />
    <g fill="#5c9460">
      <path d="M100 92c-34 2-44-16-46-34 28 0 44 12 46 34z" />
      <path d="M100 84c32 0 44-18 44-38-28 2-42 16-44 38z" />
    </g>
    <g fill="#78b07a">
      <path d="M100 62c-18-8-22-24-16-42 16 8 22 24 16 42z" />
      <path d="M100 100c24 8 40-2 48-16-20-8-38-2-48 16z" />
      <path d="M100 102c-22 8-38 0-48-14 20-8 38-2 48 14z" />
    </g>
    <path d="M56 104h88l-10 50a10 10 0 0 1-10 8H76a10 10 0 0 1-10-8z" fill={body} />
    <rect x="50" y="98" width="100" height="14" rx="5" fill={deep} />
    <path d="m68 120 5 30" stroke={light} stroke-width="5" stroke-linecap="round" opacity=".7" />
  </g>
)

const clock: Sketch = ({ body, deep, light, pale }) => (
  <g>
    <path d="m70 150-8 12M130 150l8 12" stroke={deep} stroke-width="7" stroke-linecap="round" />
    <circle cx="100" cy="98" r="62" fill={body} />
    <circle cx="100" cy="98" r="51" fill={pale} />
    <g stroke={deep} stroke-width="4" stroke-linecap="round">
      <path d="M100 54v8M100 134v8M56 98h8M136 98h8" />
      <path d="M100 98V68M100 98l22 14" stroke-width="5" />
    </g>
    <circle cx="100" cy="98" r="5" fill="#e08b4f" />
    <path d="M50 78a54 54 0 0 1 26-28" fill="none" stroke={light} stroke-width="4" stroke-linecap="round" />
  </g>
)

const blanket: Sketch = ({ body, deep, light, pale }) => (
  <g>
    <path d="M40 120h120a12 12 0 0 1 0 42H40a21 21 0 0 1 0-42z" fill={deep} />
    <path d="M44 88h114a12 12 0 0 1 0 40H44a20 20 0 0 1 0-40z" fill={body} />
    <path d="M50 60h104a10 10 0 0 1 0 36H50a18 18 0 0 1 0-36z" fill={light} />
    <g fill="none" stroke={pale} stroke-width="5" opacity=".85">
      <path d="M60 70h96M60 86h96" />
      <path d="M52 108h112" opacity=".6" />
      <path d="M48 141h118" opacity=".4" />
    </g>
  </g>
)

export const rooms = { vase, lamp, candle, planter, clock, blanket } satisfies Record<string, Sketch>
