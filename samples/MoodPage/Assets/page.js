// Sends songs one by one, and puts the cards that come back in their place. A card is made by the server alone (Components/).
import { Player } from './player.js';

const form = document.querySelector('form.drop');
const chooser = document.querySelector('#choose');
const songs = document.querySelector('#songs');
const status = document.querySelector('#status');
const mostBytes = Number(form.dataset.mostBytes);
const mostSongs = Number(form.dataset.mostSongs);
const waiting = []; // of { file, card }, in the order in which they came
let isSending = false;

chooser.addEventListener('change', () => {
  add([...chooser.files]);
  chooser.value = ''; // so that the same song can be chosen again
});
for (const button of document.querySelectorAll('.trial'))
  button.addEventListener('click', () => addTrial(button));

let entered = 0; // dragenter and dragleave come for each element on the way
for (const type of ['dragenter', 'dragover', 'dragleave', 'drop'])
  document.addEventListener(type, event => {
    if (!event.dataTransfer?.types.includes('Files'))
      return;
    event.preventDefault(); // else the browser leaves the page for the file
    entered = type === 'drop' ? 0 : entered + (type === 'dragenter') - (type === 'dragleave');
    form.classList.toggle('dragged', entered > 0);
    if (type === 'drop')
      add([...event.dataTransfer.files]);
  });

function add(files) {
  const cards = files.slice(0, mostSongs).map(file => ({ file, card: waitingCard(file) }));
  songs.prepend(...cards.map(({ card }) => card)); // the newest are on top, in their own order
  if (files.length > mostSongs)
    songs.prepend(faultCard('More songs', `This page takes ${mostSongs} songs at once, and these are ${files.length}. `
      + `The first ${mostSongs} are heard; send the others by themselves.`));
  waiting.push(...cards);
  if (!isSending)
    sendAll();
}

async function addTrial(button) {
  const answer = await fetch(button.dataset.song).catch(() => null);
  if (answer?.ok)
    add([new File([await answer.blob()], `${button.textContent}.mp3`)]);
  else
    say(`${button.textContent} could not be fetched. Is the page still running?`);
}

async function sendAll() {
  isSending = true;
  while (waiting.length > 0) {
    const { file, card } = waiting.shift();
    if (card.isConnected) // else it was cancelled
      show(file, card, await send(file, card));
  }
  isSending = false;
}

/** The page that comes back, an error's text, or null where the visitor cancelled. */
function send(file, card) {
  if (file.size > mostBytes)
    return `It has ${megabytes(file.size)} MB, and this page takes ${megabytes(mostBytes)}. Make an MP3 of it, or take a part.`;
  const [state, progress] = [card.querySelector('.state'), card.querySelector('progress')];
  const data = new FormData();
  data.append('visit', form.elements.visit.value);
  data.append('song', file);
  say(`Sending ${titleOf(file)}.`);
  state.textContent = 'On its way';
  progress.hidden = false;
  return new Promise(resolve => {
    // XMLHttpRequest, since fetch does not tell how far it is, and gives text: parsed here, no script in it can ever run.
    const request = new XMLHttpRequest();
    request.open('POST', form.action);
    request.responseType = 'document';
    request.upload.addEventListener('progress', event => progress.value = event.loaded / event.total);
    request.upload.addEventListener('load', () => {
      state.textContent = 'Listening';
      progress.removeAttribute('value');
      progress.setAttribute('aria-label', 'Listening');
    });
    request.addEventListener('load', () => resolve(request.response?.querySelector('.song') ? request.response
      : `The answer was none that this page knows (${request.status}). Try again later.`));
    request.addEventListener('error', () => resolve('It could not be sent. Is this a song and no folder, and is the page still running?'));
    request.addEventListener('abort', () => resolve(null));
    card.querySelector('.cancel').addEventListener('click', () => request.abort());
    request.send(data);
  });
}

function show(file, card, answer) {
  if (answer === null)
    return;
  const isPage = answer instanceof Document;
  const result = isPage ? document.adoptNode(answer.querySelector('.song')) : faultCard(titleOf(file), answer);
  const hadFocus = card.contains(document.activeElement);
  card.replaceWith(result);
  if (hadFocus)
    result.focus();
  result.querySelector('.again')?.addEventListener('click', () => {
    result.remove();
    chooser.focus();
    add([file]);
  });
  if (isPage && result.matches('.heard')) {
    document.querySelector('#overview').replaceWith(document.adoptNode(answer.querySelector('#overview')));
    linkSongs();
    new Player(result, file);
    const [mood, percent] = ['.mood', '.percent'].map(part => result.querySelector(part).textContent);
    say(`${titleOf(file)} is ${mood}, ${percent}.`);
  } else {
    say(`${titleOf(file)}: ${result.querySelector('.message').textContent}`);
  }
}

/** A song's name leads to its card, where that is still on the page. */
function linkSongs() {
  for (const name of document.querySelectorAll('bdi[data-song]'))
    if (document.getElementById(`song-${name.dataset.song}`)) {
      const link = document.createElement('a');
      link.href = `#song-${name.dataset.song}`;
      link.append(...name.childNodes);
      name.append(link);
      name.removeAttribute('data-song');
    }
}

function waitingCard(file) {
  const card = fromTemplate('waiting');
  card.querySelector('bdi').textContent = titleOf(file);
  card.querySelector('.cancel').addEventListener('click', () => {
    card.remove();
    say(`${titleOf(file)} is cancelled.`);
    chooser.focus(); // the button that had it is gone
  });
  return card;
}

function faultCard(title, message) {
  const card = fromTemplate('fault');
  card.querySelector('bdi').textContent = title;
  card.querySelector('.message').textContent = message;
  return card;
}

function fromTemplate(id) {
  return document.getElementById(id).content.firstElementChild.cloneNode(true);
}

function titleOf(file) {
  return file.name.replace(/\.[^.]*$/, '');
}

function megabytes(bytes) {
  return Math.ceil(bytes / (1 << 20));
}

function say(text) {
  status.textContent = text;
}
