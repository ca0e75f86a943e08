CREATE TABLE products (
  id          integer PRIMARY KEY,
  name        text    NOT NULL,
  description text    NOT NULL,
  category    text    NOT NULL,
  price_cents integer NOT NULL CHECK (price_cents > 0),
  stock       integer NOT NULL CONSTRAINT stock_never_negative CHECK (stock >= 0),
  -- Which of the shop's line drawings shows the product, and in which colour.
  drawing     text    NOT NULL,
  tint        text    NOT NULL
);

INSERT INTO products (id, name, description, category, price_cents, stock, drawing, tint) VALUES
  (1,  'Harbour mug',      'Stoneware with a thumb rest. Holds 350 ml and the heat of a long conversation.', 'Table',   1495,  48, 'mug',     '#2f6f8f'),
  (2,  'Dawn teapot',      'Pours without a drip. A strainer fired into the spout keeps the leaves inside.',  'Table',   5490,  12, 'teapot',  '#c8674a'),
  (3,  'Pebble bowl',      'Wide enough for soup, low enough for porridge. No two glazes turn out alike.',    'Table',   1850,  64, 'bowl',    '#7a8f6a'),
  (4,  'Dune vase',        'A narrow neck for three stems, a heavy foot for a draughty windowsill.',          'Rooms',   3900,  17, 'vase',    '#d19a54'),
  (5,  'Linen lamp',       'A washed linen shade on turned ash. Dims to the glow of a fireplace.',            'Rooms',   7900,   9, 'lamp',    '#b98b5e'),
  (6,  'Orchard board',    'Cut from one plank of pear wood and oiled by hand. The handle has a leather loop.', 'Kitchen', 3250,  31, 'board',   '#a8693c'),
  (7,  'Coast candle',     'Rapeseed wax with salt and rosemary. Burns for forty quiet hours.',               'Rooms',   1690,  80, 'candle',  '#5f8f94'),
  (8,  'Meadow planter',   'A glazed pot with a hidden saucer, so that herbs forgive a forgotten week.',      'Rooms',   2790,  26, 'planter', '#4f8a5b'),
  (9,  'Slate clock',      'A silent movement behind a face of Welsh slate. One battery lasts three years.',  'Rooms',   4650,   3, 'clock',   '#55606e'),
  (10, 'Storm blanket',    'Felted lambswool in three stripes, woven to be pulled over two people.',          'Rooms',   6900,  14, 'blanket', '#7d5a86'),
  (11, 'Pantry jar',       'Airtight cork, glass thick enough to drop. Shows when the rice runs out.',        'Kitchen', 2190,  55, 'jar',     '#8a9a3f'),
  (12, 'Evening carafe',   'Mouth-blown, with a tumbler that turns into its lid. For the bedside.',           'Table',   3490,   0, 'carafe',  '#3f78a8');
