// Plays a song from the visitor's own file, which is not sent for it, and shows where it is: on the picture over time and on the plane.
const ArrowSeconds = 5;
let playing = null;

export class Player {
  constructor(card, file) {
    this.file = file;
    this.button = card.querySelector('.play');
    this.seek = card.querySelector('.seek');
    this.time = card.querySelector('.time');
    this.mood = card.querySelector('.player .now');
    this.cannot = card.querySelector('.cannot');
    this.title = card.querySelector('h2').textContent;
    this.way = card.querySelector('.plane .way');
    this.dot = card.querySelector('.plane circle.now');
    this.sections = this.seek.dataset.sections.split('|').map(section => {
      const space = section.indexOf(' ');
      return { start: Number(section.slice(0, space)), mood: section.slice(space + 1) };
    });
    this.button.addEventListener('click', () => this.toggle());
    this.seek.addEventListener('input', () => this.goTo(Number(this.seek.value)));
    this.seek.addEventListener('keydown', event => this.press(event));
    card.querySelector('.player').hidden = this.seek.hidden = false;
    this.showButton();
    this.show(0);
  }

  /** Made when it is first needed: a song that nobody plays takes no memory. */
  get audio() {
    if (!this._audio) {
      this._audio = new Audio(URL.createObjectURL(this.file));
      for (const type of ['play', 'pause', 'ended'])
        this._audio.addEventListener(type, () => this.showButton());
      for (const type of ['timeupdate', 'seeked'])
        this._audio.addEventListener(type, () => this.show(this._audio.currentTime));
      this._audio.addEventListener('error', () => this.cannot.hidden = false);
    }
    return this._audio;
  }

  toggle() {
    if (!this.audio.paused) {
      this.audio.pause();
      return;
    }
    if (playing !== this)
      playing?.audio.pause();
    playing = this;
    // A play that a pause or a format ends is no error of ours; the format is told by the event "error".
    this.audio.play().then(() => this.follow(), () => this.showButton());
  }

  goTo(seconds) {
    this.audio.currentTime = seconds;
    this.show(seconds);
  }

  press(event) {
    const now = Number(this.seek.value);
    const steps = {
      ArrowRight: now + ArrowSeconds, ArrowUp: now + ArrowSeconds, ArrowLeft: now - ArrowSeconds, ArrowDown: now - ArrowSeconds,
      PageUp: this.sections.find(section => section.start > now)?.start ?? Number(this.seek.max),
      PageDown: this.sections.findLast(section => section.start < now - 1)?.start ?? 0,
      Home: 0, End: Number(this.seek.max),
    };
    if (event.key === ' ')
      this.toggle();
    else if (event.key in steps)
      this.goTo(Math.min(Math.max(0, steps[event.key]), Number(this.seek.max)));
    else
      return;
    event.preventDefault();
  }

  /** The marker moves with every frame; by "timeupdate" alone it would jump. */
  follow() {
    if (this.audio.paused || matchMedia('(prefers-reduced-motion: reduce)').matches)
      return;
    this.show(this.audio.currentTime);
    requestAnimationFrame(() => this.follow());
  }

  show(seconds) {
    const mood = this.sections.findLast(section => section.start <= seconds)?.mood ?? this.sections[0].mood;
    this.seek.value = seconds;
    this.say(`${clock(seconds)}, ${mood}`);
    this.time.textContent = clock(seconds);
    this.mood.textContent = mood;
    this.showOnPlane(seconds);
  }

  /** Only what is new: a screen reader may read each change aloud. */
  say(place) {
    if (this.seek.getAttribute('aria-valuetext') !== place)
      this.seek.setAttribute('aria-valuetext', place);
  }

  showOnPlane(seconds) {
    if (!this.way || !this._audio)
      return;
    const points = this.way.points;
    const place = Math.min(Math.max(0, (seconds - this.seek.dataset.first) / this.seek.dataset.step), points.numberOfItems - 1);
    const [from, to] = [points.getItem(Math.floor(place)), points.getItem(Math.ceil(place))];
    const share = place - Math.floor(place);
    this.dot.setAttribute('cx', from.x + share * (to.x - from.x));
    this.dot.setAttribute('cy', from.y + share * (to.y - from.y));
    this.dot.setAttribute('visibility', 'visible');
  }

  showButton() {
    const isPlaying = this._audio !== undefined && !this._audio.paused;
    this.button.toggleAttribute('data-playing', isPlaying);
    this.button.setAttribute('aria-label', `${isPlaying ? 'Pause' : 'Play'} ${this.title}`);
  }
}

function clock(seconds) {
  return `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, '0')}`;
}
