/** Given and family names; any likeness is chance. */

const GIVEN =
  `Aisha Alba Amir Anders Anna Antonio Aylin Benedikt Björn Carla Chiara Chinedu Daniel Darius Désirée Dmitri
Elena Emeka Emma Erik Fatima Felix Franka Giulia Greta Hamza Hanna Ibrahim Ida Igor Ines Jakub Jana Jonas José Julia
Kamil Katrin Kofi Lara Lena Leon Linh Luca Magda Marek Maria Marta Mehmet Mia Milan Nadia Nils Noor Olga Omar Paula
Pavel Petra Piotr Rahel Rashid Rosa Ruben Salma Samuel Sara Selin Sofia Søren Stefan Svenja Tariq Thea Tomasz Uwe
Vera Viktor Wanda Yara Yusuf Zoë`.split(/\s+/);

const FAMILY =
  `Abel Achterberg Adeyemi Aksoy Albrecht Bach Bauer Baumann Berg Brandt Castillo Çelik Cho Cordes Costa
Demir Diallo Dietz Dvořák Eberle Ehlers Fischer Fontana Frank Gebhardt Graf Grünwald Haas Hansen Hartmann Horvat
Ivanov Jansen Jung Kaya Keller Klein Kowalski Krüger Kruse Lang Lindner López Marin Maurer Meyer Moreau Müller Nagy
Neumann Nguyen Nowak O'Brien Okafor Öztürk Park Petrov Pham Popescu Quint Rahman Richter Rossi Roth Sauer Schäfer
Schmitt Silva Sørensen Stein Szabó Tanaka Thiel Ulrich Urban Vogel Wagner Weiß Wolff Yıldız Zimmermann`.split(
    /\s+/,
  );

/** Letters that do not decompose. */
const PLAIN = { ß: 'ss', ø: 'o', ı: 'i', ł: 'l' };

/** As it stands in an e-mail address. @param {string} name */
const plain = (name) =>
  name
    .toLowerCase()
    .replace(/[ßøıł]/g, (letter) => PLAIN[letter])
    .normalize('NFD')
    .replace(/[^a-z]/g, '');

/**
 * So many people, no two with the same name.
 * @param {import('./chance.mjs').Chance} chance
 * @param {number} count
 */
export const drawNames = (chance, count) => {
  const given = chance.shuffled(GIVEN);
  const family = chance.shuffled(FAMILY);
  return Array.from({ length: count }, (_, index) => {
    const names = {
      given: given[index % given.length],
      // The second time round a given name meets another family name.
      family: family[(index + Math.floor(index / given.length) * 7) % family.length],
    };
    return {
      name: `${names.given} ${names.family}`,
      address: `${plain(names.given)}.${plain(names.family)}`,
    };
  });
};
